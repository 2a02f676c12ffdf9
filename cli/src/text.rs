//! What the command alone says, in a table per language; all else is said by the library's texts.

use credential_report_viewer::text::Language;

/// What the command says, in one language.
#[derive(Debug)]
pub(crate) struct CommandText {
    /// Between two sentences.
    pub(crate) space: &'static str,
    // What went wrong.
    pub(crate) unreadable: fn(&str) -> String,
    pub(crate) folder: fn(u64) -> String,
    pub(crate) taken: fn(u64, u64) -> String,
    pub(crate) too_long: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) policy_advice: &'static str,
    pub(crate) nothing_read: &'static str,
    pub(crate) not_written: fn(&str, &str) -> String,
    pub(crate) is_input: &'static str,
    pub(crate) not_earlier: fn(&str) -> String,
    pub(crate) table_needs_redact: &'static str,
    pub(crate) summary_not_redacted: &'static str,
    pub(crate) scripts_not_redacted: &'static str,
    pub(crate) undo_missing: &'static str,
    pub(crate) undo_line: fn(u32) -> String,
    pub(crate) undo_no_key: &'static str,
    pub(crate) several_scripts: fn(&str) -> String,
    pub(crate) no_script: &'static str,
    pub(crate) no_random: fn(&str) -> String,
    // The summary.
    pub(crate) as_of: &'static str,
    pub(crate) filters: &'static str,
    pub(crate) worst_users: &'static str,
    pub(crate) decisions: &'static str,
    pub(crate) other_checks: fn(&str) -> String,
}

/// The table of a language.
pub(crate) fn of(language: Language) -> &'static CommandText {
    match language {
        Language::English => &ENGLISH,
        Language::Japanese => &JAPANESE,
    }
}

static ENGLISH: CommandText = CommandText {
    space: " ",
    unreadable: |reason| format!("The file cannot be read: {reason}."),
    folder: |limit| format!("There are more than {limit} files in this folder. Specify fewer."),
    taken: |reports, others| format!("{reports} reports, {others} other files ignored:"),
    too_long: "The pipe contains more than 2 GiB. Specify the file itself.",
    changed: "The file became shorter while it was being read. Run the command again.",
    policy_advice: "Use it with `--policy`.",
    nothing_read: "No report was read, so nothing was written.",
    not_written: |path, reason| format!("{path} cannot be written: {reason}."),
    is_input: "it is one of the input files",
    not_earlier: |path| format!("{path} is not an earlier report of any of these accounts and was not used."),
    table_needs_redact: "There are aliases only with `--redact`. Add it, and name the key file with `--redaction-key`.",
    summary_not_redacted: "The summary cannot be redacted. Choose another format with `--format`.",
    scripts_not_redacted: "A script cannot be redacted: it must name the users.",
    undo_missing: "`delete-script` needs the undo file that disable-ACCOUNT.sh wrote. Name it with `--undo`.",
    undo_line: |line| {
        format!(
            "Line {line} does not end with `# TIME KEY-ID`, so this is not an undo file of disable-ACCOUNT.sh."
        )
    },
    undo_no_key: "This undo file names no access key.",
    several_scripts: |accounts| {
        format!(
            "There is one script for each account ({accounts}). Write them to a folder with `--output`, or choose one account with `--account`."
        )
    },
    no_script: "No decision needs this script, so nothing was written.",
    no_random: |reason| format!("The system has no random numbers for a redaction key: {reason}."),
    as_of: "As of",
    filters: "Filters",
    worst_users: "Users with the worst findings",
    decisions: "Decisions",
    other_checks: |checks| format!("No findings from {checks} other checks"),
};

static JAPANESE: CommandText = CommandText {
    space: "",
    unreadable: |reason| format!("ファイルを読み取れません: {reason}。"),
    folder: |limit| format!("フォルダの中のファイルが {limit} 個を超えています。減らして指定してください。"),
    taken: |reports, others| format!("レポート {reports} 件。次の {others} 個のファイルは使用していません。"),
    too_long: "パイプから 2 GiB を超えるデータが渡されました。ファイルを直接指定してください。",
    changed: "読み取り中にファイルが短くなりました。もう一度実行してください。",
    policy_advice: "`--policy` で指定してください。",
    nothing_read: "レポートを 1 つも読み取れなかったため、何も出力していません。",
    not_written: |path, reason| format!("{path} に書き込めません: {reason}。"),
    is_input: "入力ファイルの 1 つです",
    not_earlier: |path| {
        format!("{path} は、どのアカウントについても以前のレポートではないため、比較していません。")
    },
    table_needs_redact: "`--redact` がないため、別名がありません。`--redact` を付け、`--redaction-key` でキーを指定してください。",
    summary_not_redacted: "概要はマスキングできません。`--format` で別の形式を指定してください。",
    scripts_not_redacted: "スクリプトにはユーザー名が必要なため、マスキングできません。",
    undo_missing: "`delete-script` には、disable-ACCOUNT.sh が書き出した復元ファイルが必要です。`--undo` で指定してください。",
    undo_line: |line| {
        format!(
            "{line} 行目の末尾が `# TIME KEY-ID` ではないため、disable-ACCOUNT.sh の復元ファイルではありません。"
        )
    },
    undo_no_key: "この復元ファイルにはアクセスキーがありません。",
    several_scripts: |accounts| {
        format!(
            "スクリプトはアカウントごとに 1 つです（{accounts}）。`--output` でフォルダを指定するか、`--account` でアカウントを 1 つ指定してください。"
        )
    },
    no_script: "このスクリプトが必要な判定がないため、何も出力していません。",
    no_random: |reason| format!("マスキング用のキーに使う乱数をシステムから取得できません: {reason}。"),
    as_of: "基準日時",
    filters: "フィルター",
    worst_users: "検出結果の重大度が高いユーザー",
    decisions: "判定",
    other_checks: |checks| format!("ほか {checks} 件のチェックは検出結果なし"),
};
