//! The page itself, in Japanese.

use crate::text::PageText;
use crate::text::sentences::grouped;

/// A span of time, in the largest unit that says enough.
fn span(seconds: u64) -> String {
    match seconds {
        0..3600 => format!("{} 分", grouped(seconds / 60)),
        3600..172_800 => format!("{} 時間", grouped(seconds / 3600)),
        _ => format!("{} 日", grouped(seconds / 86_400)),
    }
}

pub(in crate::text) const PAGE: PageText = PageText {
    // The page as a whole.
    name: "認証情報レポートビューアー",
    language_name: "日本語",
    language: "言語",
    theme: "テーマ",
    theme_system: "システムのテーマ",
    theme_light: "ライト",
    theme_dark: "ダーク",
    shortcuts: "キーボードショートカット",
    skip: "本文へ移動",
    done: "閉じる",
    dismiss: "閉じる",
    all: "すべて",
    or: "または",
    quoted: |words| format!("「{words}」"),
    copy: "コピー",
    copied: "コピーしました",
    copy_failed: "コピーできません",
    unknown: "不明",
    never: "使用なし",
    today: "今日",
    // The first screen.
    lead: "古いアクセスキー、MFA なしのコンソールサインイン、誰も使っていない認証情報など、対処が必要な認証情報を見つけます。",
    privacy_line: "AWS の認証情報レポートはこのブラウザ内だけで読み取り、どこにも送信しません。ページの CSP（コンテンツセキュリティポリシー）が、すべてのネットワークアクセスをブロックします。",
    check_yourself: "自分で確かめる",
    drop_title: "認証情報レポートをここにドロップ",
    drop_hint: "コンソールの CSV または AWS CLI の JSON。ファイル、フォルダ、ZIP ファイルを、ページのどこにでもドロップできます。",
    browse: "ファイルを選択",
    choose_folder: "フォルダを選択",
    sample: "サンプルを試す",
    sample_hint: "サンプルは架空のアカウントです。レポートは、Ctrl+V または ⌘V でページのどこにでも貼り付けられます。",
    paste: "テキストを貼り付け",
    paste_text: "レポートを、CSV、AWS CLI の JSON 出力、またはその中の Base64 データとして貼り付けてください。",
    paste_read: "分析",
    pasted_name: "pasted text",
    question_rotation: "ローテーション",
    question_rotation_text: "どのアクセスキーとパスワードが、しきい値をどれだけ超えているかを表示します。",
    question_mfa: "MFA",
    question_mfa_text: "パスワードだけでコンソールにサインインできるユーザーを表示します。特に重要なのはルートユーザーです。",
    question_last_use: "最終使用",
    question_last_use_text: "数週間から数年にわたって使用されていない認証情報や、一度も使用されていない認証情報を表示します。",
    how_to_title: "レポートの入手方法",
    how_to_new: "新しいレポートの入手方法",
    how_to_console: "コンソールの場合",
    how_to_console_steps: [
        "AWS マネジメントコンソールで IAM を開きます。",
        "ナビゲーションペインの [アクセスレポート] で [認証情報レポート] を選択します。",
        "認証情報レポートをダウンロードし、ファイルをここにドロップします。",
    ],
    how_to_cli: "AWS CLI の場合",
    how_to_cli_text: "2 つ目のコマンドは、レポートの準備ができてから（1 つ目の実行から数秒後に）実行します。その JSON には、レポートの生成日時も含まれます。",
    how_to_rights: "iam:GenerateCredentialReport と iam:GetCredentialReport の権限が必要です。新しいレポートが生成されるのは、4 時間に 1 回までです。",
    // Check for yourself.
    privacy_text: "言葉だけで信用していただく必要はありません。何も送信されないことは、次の 3 つの方法で確認できます。",
    privacy_steps: [
        (
            "ネットワークを確認します。",
            "開発者ツール（F12）の [ネットワーク] を開いてレポートをドロップしても、リクエストは表示されません。",
        ),
        (
            "オフラインにします。",
            "ネットワークを切断しても、このページを保存してディスクから開いても、すべての機能が動作します。",
        ),
        (
            "CSP を読みます。",
            "下に表示しているほか、ページのソースの先頭でも確認できます。ブラウザがこれを強制します。",
        ),
    ],
    privacy_policy: "適用中の CSP（コンテンツセキュリティポリシー）",
    privacy_policy_text: "connect-src 'none' はあらゆる接続を、form-action 'none' はあらゆるフォーム送信をブロックします。スクリプトとスタイルはハッシュで固定されています。",
    privacy_no_policy: "このページは開発用ビルドのため、CSP がありません。実際のレポートには使用しないでください。",
    privacy_limits: "CSP では保証できないこと",
    privacy_limits_text: [
        "すべてのページを読み取れるブラウザ拡張機能は、このページも読み取れます。プライベートウィンドウ（シークレットモード）では、通常、拡張機能は動作しません。",
        "CSP は、別のページへの移動までは防げません。このページが移動するのは、AWS のドキュメントやコンソールへのリンクを選択したときだけで、リンクにレポートのデータは含まれません。",
        "多くのブラウザでは、ビデオ通話などに使われる WebRTC は CSP の対象外です。このページは WebRTC を使用していません。ファイルを RTCPeerConnection で検索すると確認できます。",
        "ダウンロードしたレポートは、削除するまでダウンロードフォルダに残ります。",
    ],
    privacy_kept: "保存されるもの",
    privacy_kept_text: "テーマ、言語、チェックポリシーを、このブラウザに保存します。レポートのデータは、ストレージにも、URL にも、開発者コンソールにも残しません。[レポートを閉じる] を選択すると、レポートは破棄されます。",
    // Reading, and what went wrong.
    reading: "読み取り中:",
    file_of_files: |name, place, files| format!("{name}（{}/{}）", grouped(place), grouped(files)),
    read_so_far: |read, total, rows| format!("{read} / {total} · {} 行", grouped(rows)),
    about: |size| format!("約 {size}"),
    found_so_far: |files| format!("これまでに {} 個のファイルが見つかりました", grouped(files)),
    cancel: "キャンセル",
    file_and_line: |file, line| format!("{file}、{} 行目", grouped(line)),
    error_try_again: "何も読み取っていません。別のファイルを、ここまたはページのどこかにドロップしてください。",
    error_result_stays: "下の結果は変わっていません。",
    error_unreadable: "ブラウザがファイルを最後まで読み取れませんでした。",
    error_unreadable_beyond: |read, total| {
        format!("ファイル全体（{total}）のうち {read} まで読み取りましたが、その先を読み取れませんでした。")
    },
    error_unreadable_advice: "ファイルが移動または変更されたか、フォルダが指定された可能性があります。もう一度選択してください。",
    error_stopped_title: "分析が停止しました",
    error_stopped: |place| {
        if place.is_empty() {
            "ブラウザが処理を停止しました。メモリ不足の可能性があります。".to_owned()
        } else {
            format!("このページのエラー（{place}）により、分析が停止しました。")
        }
    },
    error_stopped_advice: "再起動しました。読み込んだレポートは失われましたが、どこにも送信されていません。ファイルをもう一度ドロップしてください。再び発生する場合は、上に示した場所をお知らせください。データの内容は含まれていません。",
    error_not_saved: "ダウンロードまたはコピーがブラウザにブロックされました。",
    error_not_saved_advice: "もう一方の方法（ダウンロードまたはコピー）を試すか、ブラウザの設定でこのページに許可してください。",
    drop_now: "ドロップして分析",
    drop_replaces: "ここにドロップして結果を置き換え",
    drop_adds: "ここにドロップして結果に追加",
    notice_replaced: |names| format!("{names} を置き換えました。"),
    notice_added: |files| format!("{} 個のファイルを追加しました。", grouped(files)),
    notice_beside: |names, has_result| {
        if has_result {
            format!("{names} を読み取りました。レポートはそのままです。")
        } else {
            format!("{names} を読み取りました。認証情報レポートを開くと反映されます。")
        }
    },
    notice_taken: |reports, others| {
        format!(
            "レポート {} 件を読み取りました。ほかの {} 個のファイルは使用していません。",
            grouped(reports),
            grouped(others)
        )
    },
    left_aside: |files| format!("使用していないファイル {} 個", grouped(files)),
    error_folder: "ブラウザがこのフォルダを読み取れませんでした。",
    error_folder_advice: "[フォルダを選択] を使用するか、中のファイルを選択してください。",
    error_no_reports: |files| {
        format!("{} 個のファイルの中に、認証情報レポートはありませんでした。", grouped(files))
    },
    error_too_many_files: |limit| format!("中のファイルが {} 個を超えています。", grouped(limit)),
    notice_saved: |name| format!("{name} としてダウンロードしました。"),
    notice_copied: "クリップボードにコピーしました。",
    notice_closed: "レポートを閉じました。このページにレポートのデータは残っていません。",
    // The result at a glance.
    account_unknown: "アカウント不明",
    kind_unknown: "種類不明",
    and_more: |others| format!("ほか {} 件", grouped(others)),
    users: |users| format!("{} ユーザー", grouped(users)),
    as_of: "基準日時",
    report_age: |seconds| match seconds {
        0..60 => "1 分以内".to_owned(),
        _ => format!("{}前", span(seconds)),
    },
    warnings_count: |warnings| format!("警告 {} 件", grouped(warnings)),
    not_evaluated_count: |subjects| format!("評価不可 {} 件", grouped(subjects)),
    add: "追加",
    open_other: "別のレポートを開く",
    policy: "チェックポリシー",
    export_json: "JSON をエクスポート",
    export_more: "その他のエクスポート",
    close: "レポートを閉じる",
    old_report: |seconds| {
        format!(
            "このレポートは {}前のものです。その後の変更は反映されず、経過日数はレポートの生成日時を基準としています。",
            span(seconds)
        )
    },
    keys_over_limit: |keys, days| {
        format!("個のキーが作成から {} 日を超過（アクティブなキー {} 個中）", grouped(days), grouped(keys))
    },
    without_mfa: |all| {
        format!("ユーザーが MFA なし（コンソールパスワードを持つ {} ユーザー中）", grouped(all))
    },
    unused_for: |all, days| format!("個の認証情報が {} 日以上未使用（{} 個中）", grouped(days), grouped(all)),
    no_active_keys: "アクティブなアクセスキーはありません。",
    no_passwords: "コンソールパスワードを持つユーザーはいません。",
    no_credentials: "アクティブな認証情報はありません。",
    key_ages: "アクティブなアクセスキーの経過日数",
    mfa_coverage: "コンソールパスワードを持つユーザーの MFA",
    last_uses: "パスワードとキーの最終使用",
    age: "経過日数",
    last_used: "最終使用",
    access_keys: "アクセスキー",
    passwords_and_keys: "パスワードとキー",
    keys: |keys| format!("{} 個のキー", grouped(keys)),
    credentials: |credentials| format!("{} 個の認証情報", grouped(credentials)),
    day_range: |from, to| match to {
        Some(to) if to == from + 1 => format!("{} 日", grouped(from)),
        Some(to) => format!("{}～{} 日", grouped(from), grouped(to - 1)),
        None => format!("{} 日以上", grouped(from)),
    },
    days_short: |days| format!("{} 日", grouped(days)),
    days_and_more: |days| format!("{} 日～", grouped(days)),
    with_mfa_count: |users| format!("MFA あり {}", grouped(users)),
    without_mfa_count: |users| format!("MFA なし {}", grouped(users)),
    unknown_mfa_count: |users| format!("不明 {}", grouped(users)),
    root_without_mfa: |accounts| match accounts {
        0 | 1 => "ルートユーザー: MFA なし".to_owned(),
        several => format!("ルートユーザー: {} アカウントで MFA なし", grouped(several)),
    },
    root_with_mfa: "ルートユーザー: MFA あり",
    findings_by_area: |findings| format!("検出結果 {} 件の分野・重大度別内訳", grouped(findings)),
    area_and_severity: "分野・重大度別の検出結果",
    area: "分野",
    // Search, filters, sort.
    toolbar: "検索・フィルター・並べ替え",
    severities: "重大度",
    severity: "重大度",
    users_without_findings: "検出結果なし",
    view: "表示",
    layout_cards: "カード",
    layout_table: "表",
    layout_problems: "問題別",
    layout_facts: "アカウント",
    search: "ユーザー、アカウント、サービスなどを検索",
    kind: "種類",
    account: "アカウント",
    accounts: "アカウント",
    sort: "並べ替え",
    ascending: "昇順",
    descending: "降順",
    users_of: |matching, total| format!("{} ユーザー中 {} ユーザー", grouped(total), grouped(matching)),
    findings: |findings| format!("検出結果 {} 件", grouped(findings)),
    filters: |filters| format!("フィルター {} 件", grouped(filters)),
    drop_filter: |filter| format!("フィルター「{filter}」を解除"),
    clear: "すべて解除",
    clear_filters: "フィルターをすべて解除",
    filter_key_age: |days| format!("アクティブなキーの経過日数 {days}"),
    filter_unused_for: |days| format!("認証情報の未使用期間 {days}"),
    filter_never_used: "一度も使用されていない認証情報",
    filter_unused_or_never: |days| format!("{} 日以上未使用の認証情報（使用履歴なしを含む）", grouped(days)),
    filter_with_mfa: "コンソールパスワードあり・MFA あり",
    filter_without_mfa: "コンソールパスワードあり・MFA なし",
    pages: "ページ",
    previous: "前へ",
    next: "次へ",
    range: |from, to, of| format!("{}～{} / {}", grouped(from), grouped(to), grouped(of)),
    no_match: "一致するユーザーなし",
    no_match_text: |users| {
        format!("{} ユーザーの中に、すべてのフィルターに一致するユーザーはいません。", grouped(users))
    },
    no_problems: "問題は見つかりませんでした",
    no_problems_text: "有効なチェックはすべて、評価できたすべてのユーザーで合格でした。認証情報レポートで分からないことは、下に示します。",
    // Cards and findings.
    guess: "ユーザーの認証情報からの推測",
    no_findings: "検出結果なし",
    nothing_found: "問題は見つかりませんでした。",
    key: |slot| format!("キー {slot}"),
    certificate: |slot| format!("証明書 {slot}"),
    password: "パスワード",
    user: "ユーザー",
    root: "ルートユーザー",
    inactive: "非アクティブ",
    no_key_no_password: "キーもパスワードもなし",
    mfa_on: "あり",
    mfa_off: "なし",
    mfa_off_with_password: "なし（コンソールパスワードあり）",
    mfa_off_without_password: "不要（パスワードなし）",
    created: "作成",
    changed: "変更",
    used: "最終使用",
    allowed_age: "許容期間",
    user_created: |day| format!("{day} 作成"),
    evidence: "根拠",
    empty_cell: "（空）",
    why: "なぜ問題か",
    fix: "対処方法",
    no_commands: "ユーザー名に IAM で許可されていない文字が含まれています。シェルに貼り付けると危険なため、コマンドは表示しません。",
    iam_console: "IAM コンソール",
    about_accounts: "アカウントに関する検出結果",
    oldest_key: "最も古いキー",
    findings_heading: "検出結果",
    show_card: "カードを表示",
    // By problem, and accounts.
    tally: |failed, passed, not_evaluated| {
        let text = format!("不合格 {} · 合格 {}", grouped(failed), grouped(passed));
        match not_evaluated {
            0 => text,
            _ => format!("{text} · 評価不可 {}", grouped(not_evaluated)),
        }
    },
    check_off: "このチェックポリシーでは無効",
    show_users: |users| format!("{} ユーザーを表示", grouped(users)),
    users_heading: "ユーザー",
    users_with_findings: |users| format!("検出結果あり {} ユーザー", grouped(users)),
    kind_guess: "種類（推測）",
    account_created: "アカウントの作成日",
    root_mfa: "ルートユーザーの MFA",
    root_absent: "ルートユーザーの行なし",
    password_policy_guess: "パスワードの有効期限（推測）",
    passwords_do_not_expire: "期限なし",
    passwords_expire: |days| format!("{} 日", grouped(days)),
    services: "サービス（キーの最終使用）",
    regions: "リージョン（キーの最終使用）",
    // What the result does not tell.
    notes: "この結果では分からないこと",
    not_evaluated: "評価不可",
    all_evaluated: "有効なチェックはすべて評価できました。",
    not_evaluated_text: |subjects| {
        format!("{} 件は評価できませんでした。合格でも不合格でもありません。", grouped(subjects))
    },
    times: |times| format!("{} 件", grouped(times)),
    warnings: "警告",
    no_warnings: "すべての行とセルを読み取れました。",
    first_warnings: |shown, total| {
        format!(
            "{} 件のうち最初の {} 件です。エクスポートにはすべて含まれます。",
            grouped(total),
            grouped(shown)
        )
    },
    problems_explained: "検出された問題と対処方法",
    not_in_report: "レポートに含まれないもの",
    files: "読み取ったファイル",
    file: "ファイル",
    form: "形式",
    size: "サイズ",
    rows: "行数",
    report_time: "レポートの日時",
    rows_and_broken: |rows, broken| format!("{}（ほかに読み取り不可 {}）", grouped(rows), grouped(broken)),
    replaced: "新しいレポートに置き換え済み",
    // Export, policy, as-of time, keys.
    export: "エクスポート",
    print: "印刷または PDF として保存",
    print_text: |users| {
        format!("{} ユーザーのカードを展開し、確認者の署名欄を付けて印刷します。", grouped(users))
    },
    download: "ダウンロード",
    policy_text: "認証情報を「古い」「未使用」とみなす日数と、有効にするチェックを設定します。変更はすぐに反映され、ファイルは再読み込みされません。",
    preset: "プリセット",
    policy_back_to: |preset| format!("「{preset}」に戻す"),
    thresholds: "しきい値",
    days_unit: "日",
    preset_has: |days| format!("プリセット: {} 日", grouped(days)),
    preset_on: "プリセットでは有効",
    preset_off: "プリセットでは無効",
    checks: "チェック",
    policy_file: "チェックポリシーのファイル",
    policy_file_text: "同僚との共有やコマンドラインでの利用に使える、小さな JSON ファイルです。",
    policy_export: "チェックポリシーをエクスポート",
    policy_import: "チェックポリシーをインポート",
    as_of_title: "基準日時",
    as_of_text: "経過日数は、この日時を基準に計算します。CSV には含まれていないため、利用できる中で最も信頼できる情報源を使用します。",
    as_of_label: "別の日時（UTC）",
    as_of_set: "この日時を使用",
    as_of_now: "現在の日時を使用",
    as_of_reset: "レポートの日時を使用",
    as_of_refused: "日時を入力してください。",
    as_of_order: "情報源（信頼度の高い順）",
    key_open: "ファイルを開く",
    key_search: "検索",
    key_next: "次のユーザーまたは問題",
    key_previous: "前のユーザーまたは問題",
    key_enter: "開く・閉じる",
    key_export: "すべての検出結果を JSON でエクスポート",
    key_help: "この一覧を表示",
    keys_hint: "入力欄に入力している間、単独キーのショートカットは使えません。",
    // The foot of the page, and of what is printed.
    foot_privacy: "レポートはこのブラウザの外に出ません。ページの CSP（コンテンツセキュリティポリシー）が、すべてのネットワークアクセスをブロックします。",
    print_accounts: "アカウント:",
    print_reviewer: "確認者",
    print_date: "確認日",
};
