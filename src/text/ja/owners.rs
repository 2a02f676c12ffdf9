//! What is said of owners and accounts, in Japanese.

use crate::review::SideIssueKind;
use crate::text::OwnerText;
use crate::text::sentences::grouped;

pub(in crate::text) const OWNERS: OwnerText = OwnerText {
    owner: "所有者",
    owners: "所有者",
    team: "部署",
    manager: "上長",
    note: "備考",
    no_owner: "所有者不明",
    has_left: "所有者が在籍していない",
    guess: "メールアドレスからの推測",
    by_owner: "所有者別",
    no_file: "所有者が分かりません。ユーザーの所有者を記した CSV ファイルを、レポートと一緒にドロップしてください。",
    show: "この所有者のユーザーを表示",
    with_findings: "検出あり",
    left_enabled: "在籍なし・有効",
    decided: "判定済み",
    overdue: "期限超過",
    filter_owner: "所有者",
    filter_without_owner: "所有者不明",
    filter_leavers: "所有者が在籍しておらず、認証情報がアクティブ",
    matched: |matched, users| {
        format!("{} ユーザー中 {} ユーザーの所有者が判明", grouped(users), grouped(matched))
    },
    guessed: |users| format!("メールアドレスから所有者を推測: {} ユーザー", grouped(users)),
    several: |users| format!("所有者が複数: {} ユーザー", grouped(users)),
    leavers: |users| format!("所有者が在籍しておらず、認証情報がアクティブ: {} ユーザー", grouped(users)),
    without_owner: |users| format!("所有者不明: {} ユーザー", grouped(users)),
    lines_without_user: |lines| format!("読み込んだレポートにないユーザーの行: {} 行", grouped(lines)),
    accounts_without_report: "レポートのないアカウント",
    without_report: |accounts, all| {
        format!("組織の {} アカウント中 {} アカウントのレポートがありません", grouped(all), grouped(accounts))
    },
    strangers: |accounts| format!("レポートはあるがアカウント一覧にないアカウント: {}", grouped(accounts)),
    issues: |issues| format!("ファイルに関する注意 {} 件", grouped(issues)),
    issue: |kind| match kind {
        SideIssueKind::Encoding(_) => String::new(),
        SideIssueKind::OpenQuote => "引用符が閉じられていません。この行は除外しました。".to_owned(),
        SideIssueKind::SurplusCells { found, expected } => format!(
            "ヘッダーの {} 列に対して、この行には {} 列あります。この行は除外しました。",
            grouped((*expected).into()),
            grouped((*found).into())
        ),
        SideIssueKind::NoUser => "どのユーザーの行か分かりません。この行は除外しました。".to_owned(),
        SideIssueKind::Arn => "IAM ユーザーの ARN ではありません。この行は除外しました。".to_owned(),
        SideIssueKind::Account => "12 桁のアカウント ID ではありません。この行は除外しました。".to_owned(),
        SideIssueKind::NoName => "アカウントの名前がありません。".to_owned(),
        SideIssueKind::Active => {
            "在籍しているかどうか読み取れないため、このセルは無視しました。行のほかのセルは使用しています。"
                .to_owned()
        }
        SideIssueKind::FilledUp { lines } => format!(
            "表計算ソフトでアカウント ID の先頭の 0 が失われていたため、{} 行で補いました。",
            grouped((*lines).into())
        ),
        SideIssueKind::SeveralAccounts { accounts } => format!(
            "この名前のユーザーが {} アカウントにあり、どれを指すか分かりません。この行は除外しました。",
            grouped((*accounts).into())
        ),
        SideIssueKind::UserNotFound => "読み込んだレポートに、このユーザーはいません。".to_owned(),
        SideIssueKind::OtherName { account } => {
            format!("アカウント {account} には別の名前もあります。最初の名前を使用しています。")
        }
        SideIssueKind::BrokenJson => {
            "ここから先の JSON が途切れているか、正しくありません。その前までは読み取りました。".to_owned()
        }
    },
};
