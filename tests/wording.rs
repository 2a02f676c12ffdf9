//! The words that sentences do not use, so that one term means one thing and reads as AWS writes it.
#![allow(clippy::unwrap_used)]

/// What English sentences do not say, and what they say instead.
const NOT_ENGLISH: &[(&str, &str)] = &[
    ("was made", "was created"),
    ("is made", "is created"),
    ("were made", "were created"),
    ("idle", "unused"),
    ("is past", "is older than, has expired"),
    ("past the", "older than the"),
    ("activate again", "reactivate"),
    ("activated again", "reactivated"),
    ("take away", "delete"),
    ("stay alive", "remain active"),
    ("stays alive", "remains active"),
    ("judge", "evaluate, review"),
    ("judged", "evaluated"),
    ("answer", "output, response"),
    ("kept out", "skipped"),
    ("left aside", "ignored"),
    ("left out", "skipped"),
    ("stands", "appears"),
    ("tell", "show"),
    ("tells", "shows"),
    ("told", "shown, identified"),
    ("mend", "fix"),
    ("mended", "resolved"),
    ("as it was", "unchanged"),
    ("expiry", "expiration"),
    ("on paper", "print"),
    ("in force", "in effect"),
    ("log in", "sign in"),
    ("some weeks", "a few weeks"),
    ("some seconds", "a few seconds"),
    ("hand out", "get, return"),
    ("hands out", "returns"),
    ("central root access", "centralized root access"),
    ("whoever", "anyone who"),
    ("somebody", "someone"),
    ("put together", "reconstructed"),
    ("breaks off", "is truncated"),
    ("forbids it every", "blocks all"),
    ("of its own", "internal, separate"),
    ("organisation", "organization"),
    ("↑", "medium, high over 365 days"),
];

/// What Japanese sentences do not say, and what they say instead.
const NOT_JAPANESE: &[(&str, &str)] = &[
    ("有効なキー", "アクティブなキー"),
    ("有効なアクセスキー", "アクティブなアクセスキー"),
    ("有効な証明書", "アクティブな証明書"),
    ("無効なキー", "非アクティブなキー"),
    ("無効なアクセスキー", "非アクティブなアクセスキー"),
    ("キーを無効化", "キーを非アクティブ化"),
    ("証明書を無効化", "証明書を非アクティブ化"),
    ("再び有効化", "再アクティブ化"),
    ("判定不可", "評価不可"),
    ("判定でき", "評価でき"),
    ("基準は", "しきい値:"),
    (" 人", " ユーザー"),
    ("ブラウザー", "ブラウザ"),
    ("メモリー", "メモリ"),
    ("フォルダー", "フォルダ"),
    ("セキュリティポリシー", "CSP（コンテンツセキュリティポリシー）"),
    ("回線", "オフライン"),
    ("た者", "〜されます、〜できれば"),
];

fn file(path: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The string literals of a source file, each on a line.
fn literals(source: &str) -> String {
    let mut found = String::new();
    for line in source.replace("\\n\\\n", "|\u{1}").replace("\\\n", "\u{1}").lines() {
        // A literal that goes on begins after the white space of its line.
        let joined = line.split('\u{1}').map(str::trim_start).collect::<String>();
        if joined.trim_start().starts_with("//") {
            continue;
        }
        for literal in joined.replace("\\\"", "'").split('"').skip(1).step_by(2) {
            found.push_str(literal);
            found.push('\n');
        }
    }
    found
}

/// Whether a text has these words; hyphens and underscores join what is an id.
fn has_words(text: &str, words: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.match_indices(words)
        .any(|(at, _)| !text[..at].ends_with(joins) && !text[at + words.len()..].starts_with(joins))
}

#[test]
fn no_sentence_uses_a_word_that_has_a_better_one() {
    let sources = ["page", "sentences", "checks"]
        .into_iter()
        .flat_map(|name| ["en", "ja"].map(|language| format!("src/text/{language}/{name}.rs")))
        .chain(["cli/src/text.rs".to_owned()]);
    let mut texts: Vec<(String, String)> = sources.map(|path| (literals(&file(&path)), path)).collect();
    for path in ["index.html", "README.md", "docs/CHECKS.md"] {
        texts.push((file(path), path.to_owned()));
    }
    let mut found = Vec::new();
    for (text, path) in &texts {
        assert!(text.len() > 500, "{path}: {text}");
        let english = text.to_lowercase();
        for (words, better) in NOT_ENGLISH {
            if has_words(&english, words) {
                found.push(format!("{path}: “{words}”, better “{better}”"));
            }
        }
        let japanese = text.replace("コンテンツセキュリティポリシー", "CSP");
        for (words, better) in NOT_JAPANESE {
            if japanese.contains(words) {
                found.push(format!("{path}: 「{words}」→「{better}」"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
