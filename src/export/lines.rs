//! An object of JSON, written part by part: its members one a line, and the items of its long lists.

use serde::Serialize;
use serde_json::Value;

/// An object whose members stand one a line.
pub(super) struct Lines<'a> {
    out: &'a mut Vec<u8>,
    any: bool,
}

impl<'a> Lines<'a> {
    /// Begins the object.
    pub(super) fn begin(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"{");
        Self { out, any: false }
    }

    /// Goes on with an object that has members.
    pub(super) fn go_on(out: &'a mut Vec<u8>) -> Self {
        Self { out, any: true }
    }

    /// Writes the members of a form, in its order.
    pub(super) fn members(&mut self, form: &impl Serialize) {
        if let Ok(Value::Object(members)) = serde_json::to_value(form) {
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

    /// Begins a list whose items stand one a line; they are written by [`item`].
    pub(super) fn list(mut self, name: &str) -> &'a mut Vec<u8> {
        self.name(name);
        self.out.extend_from_slice(b"[");
        self.out
    }

    fn name(&mut self, name: &str) {
        let separator: &[u8] = if self.any { b",\n  \"" } else { b"\n  \"" };
        self.any = true;
        self.out.extend_from_slice(separator);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }
}

/// Writes an item of a list.
pub(super) fn item(form: &impl Serialize, any: &mut bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if *any { b",\n    " } else { b"\n    " });
    *any = true;
    write_value(form, out);
}

/// Writes a value; nothing that is written here can fail to serialise.
fn write_value(value: &impl Serialize, out: &mut Vec<u8>) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}
