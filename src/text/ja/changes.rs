//! What became of findings and users, in Japanese.

use crate::comparison::{Cause, ChangeKind, FactKind, Outcome};
use crate::text::changes::ChangeText;
use crate::text::sentences::grouped;

pub(in crate::text) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "新規",
        Outcome::Unchanged => "継続",
        Outcome::Resolved => "解決済み",
        Outcome::Cleared => "対処なしで検出終了（要確認）",
        Outcome::NotJudged => "評価不可に",
    }
}

pub(in crate::text) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Created => "新規作成",
        Cause::Aged => "しきい値を超過",
        Cause::Changed => "変更",
        Cause::NewlyJudged => "評価可能に",
        Cause::UserDeleted => "ユーザー削除",
        Cause::KeyReplaced => "ローテーション済み",
        Cause::KeyDeleted => "キー削除",
        Cause::KeyDeactivated => "キーを非アクティブ化",
        Cause::PasswordRemoved => "パスワード削除",
        Cause::PasswordChanged => "パスワード変更",
        Cause::MfaEnabled => "MFA 設定",
        Cause::CertificateDeleted => "証明書削除",
        Cause::CertificateDeactivated => "証明書を非アクティブ化",
        Cause::ExpirySet => "パスワードの有効期限を設定",
        Cause::CredentialsRemoved => "認証情報を削除",
        Cause::UsedAgain => "再使用",
        Cause::Reactivated => "再アクティブ化",
        Cause::TimePassed => "期間経過",
        Cause::CredentialCreated => "認証情報を作成",
        Cause::ExpiryChanged => "有効期限を変更",
        Cause::Unexplained => "原因不明",
        Cause::MissingColumn => "列なし",
        Cause::Unreadable => "セルを読み取り不可",
        Cause::NotSupported => "サポート対象外",
        Cause::NoTime => "セルに日時なし",
        Cause::NoRow => "ルートユーザーの行なし",
    }
}

pub(in crate::text) fn user_change(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Added => "追加",
        ChangeKind::Deleted => "削除",
        ChangeKind::ReCreated => "再作成",
        ChangeKind::Renamed => "名前変更",
        ChangeKind::Changed => "変更",
    }
}

pub(in crate::text) fn fact(fact: FactKind) -> &'static str {
    match fact {
        FactKind::PasswordSet => "パスワード作成",
        FactKind::PasswordRemoved => "パスワード削除",
        FactKind::PasswordChanged => "パスワード変更",
        FactKind::PasswordUsed => "パスワード使用",
        FactKind::MfaOn => "MFA 設定",
        FactKind::MfaOff => "MFA 解除",
        FactKind::KeyCreated => "キー作成",
        FactKind::KeyDeleted => "キー削除",
        FactKind::KeyReactivated => "キーを再アクティブ化",
        FactKind::KeyDeactivated => "キーを非アクティブ化",
        FactKind::KeyUsed => "キー使用",
        FactKind::CertificateCreated => "証明書作成",
        FactKind::CertificateDeleted => "証明書削除",
        FactKind::CertificateReactivated => "証明書を再アクティブ化",
        FactKind::CertificateDeactivated => "証明書を非アクティブ化",
    }
}

pub(in crate::text) static CHANGES: ChangeText = ChangeText {
    title: "変更点",
    since: |date, _| format!("前回（{date}）から"),
    since_several: |accounts| format!("{} アカウントの前回のレポートから", grouped(accounts)),
    resolved: |number| format!("解決済み {}", grouped(number)),
    new: |number| format!("新規 {}", grouped(number)),
    unchanged: |number| format!("継続 {}", grouped(number)),
    cleared: |number| format!("対処なしで検出終了 {}", grouped(number)),
    used_again: |number| format!("再使用 {}", grouped(number)),
    not_judged: |number| format!("評価不可に {}", grouped(number)),
    users_added: |number| format!("ユーザー追加 {}", grouped(number)),
    users_deleted: |number| format!("ユーザー削除 {}", grouped(number)),
    users_re_created: |number| format!("ユーザー再作成 {}", grouped(number)),
    users_renamed: |number| format!("ユーザー名変更 {}", grouped(number)),
    users_changed: |number| format!("ユーザー変更 {}", grouped(number)),
    new_mark: "新規",
    open_since: |date| format!("少なくとも {date} から"),
    open_for: |days| format!("継続 {} 日以上", grouped(days)),
    between: |earlier, current| format!("{earlier} から {current} までの間"),
    same_as_before: "変更はありません。",
    nothing_matches: "フィルターに一致する変更はありません。",
    cleared_text: "対処されて解消したものではありません。1 件ずつ確認してください。",
    not_judged_text: "前回は検出されましたが、今回のレポートでは検出が続いているかどうかを評価できません。",
    renamed_guess: "名前変更（推測。ユーザーとキーの作成日時が同じため）",
    moved: "別のパスに移動",
    renamed_from: |arn| format!("以前は {arn}"),
    deleted_user: "削除されたユーザー",
    deleted_user_text: |date| format!("{date} のレポート時点の内容です。"),
    before: "前回",
    now: "今回",
    earlier_report: "前回のレポート",
    current_report: "今回のレポート",
    compare_with: "比較対象",
    previous_report: "前回のレポート",
    newest_only: "最新のレポートのみ",
    compare_again: "比較する",
    not_compared: "各アカウントの最新のレポートだけを表示しています。",
    compared_notice: |file| format!("{file}: 同じアカウントの以前のレポートと比較しています。"),
    same_notice: |file| format!("{file}: 同じレポートがすでに読み込まれているため、二重には数えません。"),
    blind_to_re_creation: "レポートからユーザーの作成日時がわからないため、同じ名前で再作成されたユーザーを見分けられません。",
    accounts_without: |number| format!("以前のレポートがないアカウント {} 件", grouped(number)),
    account: "アカウント",
    over_time: "推移",
    over_time_text: "レポートごとに 1 点です。変更が起きた日時は、前後のレポートの間ということしかわかりません。",
    report_time: "レポート",
    users: "ユーザー",
    findings: "検出結果",
    mfa_share: "MFA を設定したコンソールユーザー",
    keys_over_limit: "しきい値を超えたキー",
    oldest_key: "最も古いキー",
    more: |number| format!("ほか {} 件", grouped(number)),
    filter_change: "変更点",
    filter_cause: "原因",
};
