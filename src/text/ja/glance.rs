//! What is seen at a glance, in Japanese.

use crate::text::GlanceText;
use crate::text::sentences::grouped;

pub(in crate::text) const GLANCE: GlanceText = GlanceText {
    // Closed cards.
    key: "キー",
    password: "パスワード",
    never: "使用なし",
    unknown: "不明",
    not_evaluated: |checks| format!("評価不可 {} 件", grouped(checks)),
    more_about: "参考資料とフレームワーク",
    // The head of the result.
    all_keys_young: |keys, days| {
        format!("アクティブなキー {} 個は、すべて作成から {} 日以内です", grouped(keys), grouped(days))
    },
    all_with_mfa: |users| {
        format!("コンソールパスワードを持つ {} ユーザーすべてに MFA があります", grouped(users))
    },
    all_in_use: |all, days| {
        format!("認証情報 {} 個は、すべて {} 日以内に使用されています", grouped(all), grouped(days))
    },
    cannot_tell: "このレポートには情報がありません",
    nothing_evaluated: "評価できる項目がありません",
    nothing_evaluated_text: "チェックに必要な列がレポートにありません。不足している列は下に示しています。",
    of_accounts: |some, all| format!("{} アカウント中 {}", grouped(all), grouped(some)),
    // Accounts.
    search_accounts: "アカウント番号で検索",
    no_account: "一致するアカウントはありません",
    no_account_text: |accounts| {
        format!("結果には {} 個のアカウントがありますが、一致するものはありません。", grouped(accounts))
    },
    accounts_of: |matching, total| {
        if matching == total {
            format!("{} アカウント", grouped(total))
        } else {
            format!("{} アカウント中 {}", grouped(total), grouped(matching))
        }
    },
    show: "このアカウントのユーザーを表示",
    account_details: "このアカウントについてレポートから分かること",
    some_of: |some, all| format!("{} / {}", grouped(some), grouped(all)),
    // Lists that are long.
    more_files: |files| format!("ほか {} ファイル", grouped(files)),
    more_places: |places| format!("ほか {} か所", grouped(places)),
    more_reasons: |reasons| format!("ほかの問題 {} 件", grouped(reasons)),
    // The first screen.
    how_to_organization: "組織全体の場合",
    how_to_organization_text: "管理アカウントの認証情報を使い、AWS CloudShell で実行します。読み取りだけを行うスクリプトです。アカウントを一覧し、それぞれでロールを引き受け、アカウントごとに 1 つのレポートを保存します。ロール名が異なる場合は、ROLE を書き換えてください。",
    // The summary for print.
    summary: "概要",
    failed_checks: "不合格のチェック",
    check: "チェック",
};
