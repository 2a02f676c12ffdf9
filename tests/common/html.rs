//! HTML that was made as text, taken apart.

/// Elements that have no content, and no end.
const VOID: [&str; 2] = ["br", "input"];

/// Walks through HTML: the tags in it, their attributes, and the text without them. Fails where tags
/// do not match, or where a sign of HTML stands in a text or a value.
pub(crate) fn walk(html: &str, tags_allowed: &[&str]) -> (Vec<String>, String) {
    let (mut tags, mut open, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let mut end = at + 1;
        let mut quoted = false;
        for (place, letter) in rest[at + 1..].char_indices() {
            match letter {
                '"' => quoted = !quoted,
                '<' => panic!("a tag within a tag: {}", &rest[at..]),
                '>' if !quoted => {
                    end = at + 1 + place;
                    break;
                }
                _ => {}
            }
        }
        let tag = &rest[at + 1..end];
        let name = tag.split(' ').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{html}");
        } else {
            assert!(tags_allowed.contains(&name), "nothing here has a <{name}>: {html}");
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
            tags.push(tag.to_owned());
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    assert!(open.is_empty() && !text.contains('>'), "{html}");
    (tags, text)
}
