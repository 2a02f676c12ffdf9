//! An object of JSON, written part by part: its members one a line, and the items of its long lists.

use serde::Serialize;
use serde_json::Value;

/// An object whose members stand one a line.
pub(super) struct Lines<'a> {
    out: &'a mut Vec<u8>,
    any: bool,
    /// How far its members are moved in.
    indent: &'static str,
}

/// How far members of the whole are moved in, and items of its lists.
const MEMBER: &str = "\n  ";
const ITEM: &str = "\n    ";

/// How far members of an item are moved in, and items of its own lists.
const MEMBER_OF_ITEM: &str = "\n      ";
const ITEM_OF_ITEM: &str = "\n        ";

impl<'a> Lines<'a> {
    /// Begins the object.
    pub(super) fn begin(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"{");
        Self { out, any: false, indent: MEMBER }
    }

    /// Goes on with an object that has members.
    pub(super) fn go_on(out: &'a mut Vec<u8>) -> Self {
        Self { out, any: true, indent: MEMBER }
    }

    /// Begins an object that is an item of a list.
    pub(super) fn begin_item(any: &mut bool, out: &'a mut Vec<u8>) -> Self {
        separate(ITEM, any, out);
        out.extend_from_slice(b"{");
        Self { out, any: false, indent: MEMBER_OF_ITEM }
    }

    /// Goes on with an item that has members.
    pub(super) fn go_on_item(out: &'a mut Vec<u8>) -> Self {
        Self { out, any: true, indent: MEMBER_OF_ITEM }
    }

    /// Writes the members of a form, in its order. They are taken out of its text: a second serializer
    /// would be compiled for every form.
    pub(super) fn members(&mut self, form: &impl Serialize) {
        let text = serde_json::to_string(form).unwrap_or_default();
        if let Ok(Value::Object(members)) = serde_json::from_str(&text) {
            for (name, value) in &members {
                self.member(name, value);
            }
        }
    }

    /// Writes a member.
    pub(super) fn member(&mut self, name: &str, value: &impl Serialize) {
        self.name(name);
        write_value(value, self.out);
    }

    /// Begins a list whose items stand one a line; they are written by [`item`], or by [`item_of_item`].
    pub(super) fn list(mut self, name: &str) -> &'a mut Vec<u8> {
        self.name(name);
        self.out.extend_from_slice(b"[");
        self.out
    }

    fn name(&mut self, name: &str) {
        separate(self.indent, &mut self.any, self.out);
        self.out.extend_from_slice(b"\"");
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }
}

/// Writes an item of a list.
pub(super) fn item(form: &impl Serialize, any: &mut bool, out: &mut Vec<u8>) {
    separate(ITEM, any, out);
    write_value(form, out);
}

/// Writes an item of a list of an item.
pub(super) fn item_of_item(form: &impl Serialize, any: &mut bool, out: &mut Vec<u8>) {
    separate(ITEM_OF_ITEM, any, out);
    write_value(form, out);
}

/// Ends a list of an item.
pub(super) fn end_list_of_item(any: bool, out: &mut Vec<u8>) {
    if any {
        out.extend_from_slice(MEMBER_OF_ITEM.as_bytes());
    }
    out.extend_from_slice(b"]");
}

fn separate(line: &str, any: &mut bool, out: &mut Vec<u8>) {
    if std::mem::replace(any, true) {
        out.extend_from_slice(b",");
    }
    out.extend_from_slice(line.as_bytes());
}

/// Writes a value; nothing that is written here can fail to serialise.
fn write_value(value: &impl Serialize, out: &mut Vec<u8>) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}
