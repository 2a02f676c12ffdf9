//! What stands in letters to owners, in Japanese.

use crate::text::LetterText;

pub(in crate::text) const LETTERS: LetterText = LetterText {
    title: "AWS ユーザーの確認のお願い",
    title_no_owner: "所有者不明の AWS ユーザー",
    to: "宛先",
    reply_by: "回答期限",
    users: "ユーザー",
    ask: |day| {
        format!(
            "以下の AWS ユーザーの所有者として登録されています。ユーザーごとに検出結果を確認し、対応を選んで、\
             {day} までにご回答ください。"
        )
    },
    ask_no_owner: |day| {
        format!(
            "以下の AWS ユーザーは、所有者が分かっていません。所有者の方、または所有者をご存じの方は、\
             {day} までにお知らせください。"
        )
    },
    ask_left: "登録されている所有者は在籍していません。新しい所有者を決めるか、代わりに対応を選んでください。",
    guessed: "メールアドレスから所有者と推測しました。ご自身のユーザーでない場合は「その他」を選んでください。",
    last_activity: |day| format!("最終使用日: {day}"),
    never_used: "使用の記録がありません。",
    decide: "判定:",
    keep: "継続（………………まで）。理由: ………………",
    rotate: "ローテーション（アクセスキーを交換）",
    disable: "無効化（アクセスキーを非アクティブにし、コンソールパスワードを削除）",
    delete: "ユーザーを削除",
    other: "その他（別の所有者など）: ………………",
};
