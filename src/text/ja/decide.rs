//! Where decisions are made, in Japanese.

use crate::text::DecideText;
use crate::text::sentences::grouped;

pub(in crate::text) const DECIDE: DecideText = DecideText {
    title: "判定",
    decide: "判定する",
    decide_about_user: "このユーザーについて判定する",
    decide_about_shown: |users| format!("表示中の {} ユーザーについて判定する", grouped(users)),
    about: |what| format!("判定: {what}"),
    about_shown: |users| format!("判定: 表示中の {} ユーザー", grouped(users)),
    action: "対応",
    meanings: [
        "例外として継続します。期限日まで検出結果を許容します。",
        "キーまたは証明書を新しいものに置き換えます。",
        "アクセスキーを非アクティブにし、コンソールパスワードを削除します。キーは再びアクティブにできます。",
        "無効化の後に削除します。",
        "ユーザーが MFA デバイスを登録します。",
        "まだ分からないため、所有者に確認します。",
    ],
    reason: "理由",
    reason_hint: "例外には 10 文字以上の理由が必要です。",
    by: "判定した人",
    on: "開始日 (UTC)",
    until: "期限日 (UTC、当日を含む)",
    days_hint: |as_of| {
        format!(
            "判定はレポートの時点（{as_of}）で評価します。開始日がそれより後の判定は、まだ有効になりません。"
        )
    },
    approved_by: "承認者",
    ticket: "チケット",
    note: "備考",
    broad: "今後の検出結果も含め、すべて許容する（対象が広すぎる判定になります）",
    is_broad: "対象が広すぎる",
    save: "決定する",
    change: "変更",
    withdraw: "取り消す",
    until_day: |day| format!("{day} まで"),
    by_whom: |name| format!("判定: {name}"),
    approved_by_whom: |name| format!("承認: {name}"),
    accepted_finding: "許容",
    users_decided: |decided, users| format!("{} 件中 {} 件を判定", grouped(users), grouped(decided)),
    accepted: |findings| format!("許容 {} 件", grouped(findings)),
    overdue: |count| format!("期限超過 {} 件", grouped(count)),
    expired: |count| format!("期限切れ {} 件", grouped(count)),
    soon: |count| format!("まもなく期限切れ {} 件", grouped(count)),
    matches_nothing: |count| format!("該当なし {} 件", grouped(count)),
    not_loaded: |count| format!("レポートのないアカウント {} 件", grouped(count)),
    invalid: |count| format!("記載不備 {} 件", grouped(count)),
    grave: |count| format!("ルートまたは重大な検出結果の例外 {} 件", grouped(count)),
    not_saved: |count| format!("未保存の判定 {} 件", grouped(count)),
    save_file: "判定を保存",
    list: "すべての判定",
    list_text: "ルートユーザーと重大な検出結果の例外を先に表示します。判定をファイルに保存し、次回のレポートと一緒にドロップしてください。",
    state: "状態",
    all: "すべて",
    nothing: "該当する判定はありません。",
    accepts: |findings| format!("{} 件の検出結果を許容", grouped(findings)),
    is_grave: "ルートまたは重大",
    whole_account: "アカウントの設定",
    leave_title: "未保存の判定",
    leave_text: |count| {
        format!("{} 件の判定がまだファイルに保存されていません。閉じると失われます。", grouped(count))
    },
    leave: "保存せずに閉じる",
    refused: "このユーザーまたは認証情報は、レポートの内容だけでは特定できないため、判定できません。",
};
