//! What exports say, in Japanese.

use crate::text::ExportText;

pub(in crate::text) const EXPORT: ExportText = ExportText {
    markdown_title: "AWS 認証情報レポートの検出結果",
    continued: "続き",
    as_of: "基準日時",
    policy: "チェックポリシー",
    filter: "フィルター",
    no_filter: "なし（すべてを出力）",
    count: "件数",
    redacted: "マスキング済み: 名前は別名に置き換えています。パス、セルの値、コマンドは含まれず、日時は日単位です。",
    account: |account| format!("アカウント {account}"),
    account_unknown: "アカウント不明",
    created: |time| format!("作成日時: {time}"),
    open_since: |day| format!("少なくとも {day} から継続"),
    first_step: |step| format!("最初の手順: {step}"),
    no_key: "マスキング用のキーではありません。",
};
