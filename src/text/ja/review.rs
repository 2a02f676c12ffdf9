//! What is said of decisions, in Japanese.

use crate::review::{Fault, Place};
use crate::text::ReviewText;

pub(in crate::text) const REVIEW: ReviewText = ReviewText {
    actions: ["継続", "ローテーション", "無効化", "削除", "MFA 設定", "所有者に確認"],
    states: [
        "記載不備",
        "アカウント未読み込み",
        "開始前",
        "対応済み",
        "該当なし",
        "期限切れ",
        "期限超過",
        "まもなく期限切れ",
        "適用中",
        "未対応",
    ],
    undecided: "未判定",
    accepted: "許容した検出結果",
    filter_decision: "判定",
    fault,
    place,
    decision: |id| match id {
        Some(id) => format!("判定 {id} は適用されません"),
        None => "この判定は適用されません".to_owned(),
    },
    self_review: "自己承認",
    sign_off: "署名",
    approver: "承認者",
    approved_on: "承認日",
    sign_off_statement: "記載されたユーザーと、それに対する判定を確認しました。",
    no_digests: "SHA-256 は計算されていません。記載するには、ページがファイルを読み取れる間に、Ctrl+P（⌘P）またはエクスポート画面から印刷してください。",
};

fn place(place: &Place) -> String {
    let Place { file, line, column, cell, .. } = place;
    match (column, cell) {
        (_, Some(cell)) => format!("{file}、{line} 行目、列 {cell}"),
        (Some(column), None) => format!("{file}、{line} 行目、{column} 文字目"),
        (None, None) => format!("{file}、{line} 行目"),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::NotAnObject => "JSON のオブジェクトではありません。".to_owned(),
        Fault::UnknownMember(name) => format!("判定に `{name}` という項目はありません。"),
        Fault::RepeatedMember(name) => format!("`{name}` が 2 回あります。"),
        Fault::MissingMember(name) => format!("`{name}` がないか、空です。"),
        Fault::UnfitMember(name) => format!("`{name}` はほかの項目と併用できません。"),
        Fault::WrongType(name) => format!("`{name}` の値の型が正しくありません。"),
        Fault::UnknownWord { member, value } => format!("`{member}` に「{value}」は指定できません。"),
        Fault::UnknownCheck(name) => format!("「{name}」というチェックはありません。"),
        Fault::UnreadableDay { member, value } => {
            format!("`{member}` が「{value}」です。日付は 2026-11-25 の形式で書きます。")
        }
        Fault::UnreadableTime { member, value } => {
            format!("`{member}` が「{value}」です。日時は 2026-11-25T09:00:00Z の形式で書きます。")
        }
        Fault::NotAnAccount(value) => format!("「{value}」は 12 桁のアカウント ID ではありません。"),
        Fault::NotAnArn(value) => {
            format!("「{value}」は IAM ユーザーまたはルートユーザーの ARN ではありません。")
        }
        Fault::ArnOfOtherAccount => "ARN が別のアカウントのものです。".to_owned(),
        Fault::UnknownOrdinal => "`ordinal` は 1 か 2 です。".to_owned(),
        Fault::RotatesNoKey => "ローテーションできるのはアクセスキーと証明書だけです。".to_owned(),
        Fault::UntilBeforeOn { on, until } => format!("期限 {until} が開始日 {on} より前です。"),
        Fault::TooLong { days, most } => {
            format!("期間が {days} 日です。チェックポリシーの上限は {most} 日です。")
        }
        Fault::ShortReason { characters, least } => {
            format!("理由が {characters} 文字です。{least} 文字以上必要です。")
        }
        Fault::OpenQuote => "この行の引用符が閉じられていません。".to_owned(),
        Fault::SurplusCells { found, expected } => {
            format!("ヘッダーの {expected} 列に対して、この行には {found} 列あります。")
        }
        Fault::RepeatedId { other: Some(other) } => {
            format!("同じ ID の判定がほかにもあります（{}）。", place(other))
        }
        Fault::RepeatedId { other: None } => "同じ ID の判定がほかにもあります。".to_owned(),
    }
}
