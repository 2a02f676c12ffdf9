//! Sentences with facts in them, in Japanese.

use crate::accounts::AccountSort;
use crate::assessment::{Kind, NotJudged};
use crate::card::AreaStatus;
use crate::checks::{Area, CheckId, ESCALATION_DAYS, Preset, Severity, SubjectKind};
use crate::finding::{Finding, Subject};
use crate::policy::PolicyError;
use crate::query::SortKey;
use crate::remediation::{GENERATE_REPORT, GET_REPORT};
use crate::report::{
    ArchiveIssue, AsOfSource, CellIssue, Format, MissingReason, OtherFile, ReadErrorKind, Timestamp,
    WarningKind,
};
use crate::text::sentences::{AwsError, aws_error, clip, clip_reason, columns, creation, grouped, mebibytes};
use crate::thresholds::Threshold;

pub(in crate::text) use super::changes::{cause, fact, outcome, user_change};

pub(in crate::text) fn days(days: u32) -> String {
    format!("{} 日", grouped(days.into()))
}

pub(in crate::text) fn ago(age: u32) -> String {
    if age == 0 { "24 時間以内".to_owned() } else { format!("{}前", days(age)) }
}

/// `アクセスキー 1 `: what a finding is about; the space sets the number off from the particle after it.
pub(super) fn subject_of(finding: &Finding) -> String {
    let mut text = subject(&finding.subject);
    if finding.subject.slot.is_some() {
        text.push(' ');
    }
    text
}

/// `（しきい値: 90 日）`, where there is one.
pub(super) fn limit(finding: &Finding) -> String {
    finding.evidence.threshold_days.map(|limit| format!("（しきい値: {}）", days(limit))).unwrap_or_default()
}

/// `（2016-07-27 作成、1,925 日前）`, as far as it is known.
pub(super) fn created(finding: &Finding) -> String {
    match (finding.subject.created, finding.evidence.age_days) {
        (Some(created), Some(age)) => format!("（{} 作成、{}）", created.date(), ago(age)),
        (Some(created), None) => format!("（{} 作成）", created.date()),
        (None, Some(age)) => format!("（{}に作成）", ago(age)),
        (None, None) => String::new(),
    }
}

pub(in crate::text) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "重大",
        Severity::High => "高",
        Severity::Medium => "中",
        Severity::Low => "低",
        Severity::Info => "情報",
    }
}

pub(in crate::text) fn check_severity(check: CheckId) -> String {
    let check = check.check();
    let own = severity(check.severity);
    if !check.escalates {
        return own.to_owned();
    }
    format!("{own}（{} 日超は{}）", ESCALATION_DAYS, severity(check.severity.escalated()))
}

pub(in crate::text) fn area(area: Area) -> &'static str {
    match area {
        Area::Rotation => "ローテーション",
        Area::Mfa => "MFA",
        Area::LastUse => "最終使用",
        Area::Credentials => "認証情報",
    }
}

pub(in crate::text) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Root => "ルートユーザー",
        Kind::Human => "人",
        Kind::Machine => "プログラム",
        Kind::Both => "人とプログラム",
        Kind::None => "アクティブな認証情報なし",
    }
}

pub(in crate::text) fn area_status(status: AreaStatus) -> &'static str {
    match status {
        AreaStatus::Found(worst) => severity(worst),
        AreaStatus::Fine => "問題なし",
        AreaStatus::NotApplicable => "対象外",
        AreaStatus::NotJudged => "評価不可",
    }
}

pub(in crate::text) fn cell_issue(issue: CellIssue) -> &'static str {
    match issue {
        CellIssue::Unreadable => "日時として読み取れません",
        CellIssue::Ambiguous => "月と日を区別できません",
        CellIssue::Number => "日付ではなく数値",
        CellIssue::Impossible => "AWS の開始（2006 年）より前",
        CellIssue::Future => "レポートの日時より後の日時です",
        CellIssue::BeforeCreation => "認証情報の作成より前の日時です",
    }
}

pub(in crate::text) fn subject_kind(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Account => "アカウント",
        SubjectKind::User => "ユーザー",
        SubjectKind::Password => "コンソールパスワード",
        SubjectKind::AccessKey => "アクセスキー",
        SubjectKind::Certificate => "署名証明書",
    }
}

pub(in crate::text) fn subject(subject: &Subject) -> String {
    let thing = subject_kind(subject.kind);
    subject.slot.map_or_else(|| thing.to_owned(), |slot| format!("{thing} {slot}"))
}

pub(in crate::text) fn as_of_source(source: AsOfSource) -> &'static str {
    match source {
        AsOfSource::Chosen => "手動で指定",
        AsOfSource::GeneratedTime => "API の応答の GeneratedTime",
        AsOfSource::FileName => "ファイル名の日時",
        AsOfSource::LastModified => "ファイルの更新日時",
        AsOfSource::NewestEvent => "レポート内の最新の日時",
    }
}

pub(in crate::text) fn form(form: Format) -> &'static str {
    match form {
        Format::Csv => "CSV",
        Format::ApiJson => "JSON 形式",
        Format::Base64 => "Base64",
    }
}

pub(in crate::text) fn preset(preset: Option<Preset>) -> &'static str {
    match preset {
        Some(Preset::Recommended) => "推奨",
        Some(Preset::Cis70) => "CIS AWS Foundations 7.0",
        Some(Preset::Cis50) => "CIS AWS Foundations 5.0",
        Some(Preset::Cis30) => "CIS AWS Foundations 3.0",
        Some(Preset::Cis12) => "CIS AWS Foundations 1.2",
        Some(Preset::AwsFsbp) => "AWS 基礎セキュリティのベストプラクティス",
        Some(Preset::PciDss401) => "PCI DSS 4.0.1",
        None => "カスタム",
    }
}

pub(in crate::text) fn threshold(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::UnusedDays => "未使用期間",
        Threshold::NeverUsedDays => "一度も使用されていない期間",
        Threshold::KeyMaxAgeDays => "アクセスキーの経過日数",
        Threshold::PasswordMaxAgeDays => "パスワードの経過日数",
        Threshold::RootUsedDays => "ルートユーザーの最近の使用",
        Threshold::DormantDays => "休眠ユーザー",
        Threshold::InUseDays => "使用中のキー",
        Threshold::NoCredentialsDays => "認証情報のないユーザー",
    }
}

pub(in crate::text) fn threshold_meaning(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::UnusedDays => {
            "最後の使用からこの日数以上が経過したパスワードやアクセスキーを未使用とみなします。"
        }
        Threshold::NeverUsedDays => {
            "一度も使用されないままこの日数以上が経過したパスワードやアクセスキーを検出します。"
        }
        Threshold::KeyMaxAgeDays => "作成からの経過がこの日数を超えたアクティブなアクセスキーを検出します。",
        Threshold::PasswordMaxAgeDays => {
            "最後の変更からの経過がこの日数を超えたコンソールパスワードを検出します。"
        }
        Threshold::RootUsedDays => "この日数以内のルートユーザーの使用を、最近の使用とみなします。",
        Threshold::DormantDays => {
            "すべての認証情報がこの日数以上使用されていないユーザーを、休眠ユーザーとみなします。"
        }
        Threshold::InUseDays => {
            "アクティブなキーが 2 つある場合に、この日数以内に使用されたキーを使用中とみなします。"
        }
        Threshold::NoCredentialsDays => {
            "認証情報がなく、作成からこの日数以上が経過したユーザーを検出します。"
        }
    }
}

pub(in crate::text) fn sort_key(key: SortKey) -> &'static str {
    match key {
        SortKey::Severity => "重大度",
        SortKey::Name => "名前",
        SortKey::Account => "アカウント",
        SortKey::Creation => "作成日時",
        SortKey::KeyAge => "アクセスキーの経過日数",
        SortKey::LastActivity => "最後のアクティビティ",
        SortKey::PasswordAge => "パスワードの経過日数",
        SortKey::OpenSince => "検出の開始",
    }
}

pub(in crate::text) fn account_sort(sort: AccountSort) -> &'static str {
    match sort {
        AccountSort::Findings => "検出結果",
        AccountSort::Account => "アカウント",
        AccountSort::Users => "ユーザー",
        AccountSort::RootMfa => "ルートの MFA",
        AccountSort::RootKeys => "ルートのキー",
        AccountSort::RootUse => "ルートの最終使用",
        AccountSort::Mfa => "MFA あり",
        AccountSort::OldKeys => "古いキー",
        AccountSort::OldestKey => "最も古いキー",
        AccountSort::ReportTime => "レポート",
        AccountSort::Changes => "変更点",
    }
}

pub(in crate::text) fn read_error(kind: &ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::Empty => "ファイルが空です。".to_owned(),
        ReadErrorKind::NotAReport(other_file) => not_a_report(other_file),
        ReadErrorKind::NoUserColumn(names) => format!(
            "ヘッダーに認証情報レポートの列（{}）がありますが、`user` 列も `arn` 列もありません。",
            columns(names)
        ),
        ReadErrorKind::NoRows { broken: 0 } => "レポートにヘッダーはありますが、行がありません。".to_owned(),
        ReadErrorKind::NoRows { broken: 1 } => "レポートの行は 1 行だけで、読み取れません。".to_owned(),
        ReadErrorKind::NoRows { broken } => {
            format!("レポートの {} 行は、いずれも読み取れません。", grouped((*broken).into()))
        }
        ReadErrorKind::LineBreaksLost => {
            "このレポートは改行が失われ、複数の行が 1 行につながっています。".to_owned()
        }
        ReadErrorKind::BrokenBase64 { offset } => format!(
            "レポートの `Content` は、{} 文字目以降が Base64 として正しくありません。",
            grouped(offset.saturating_add(1))
        ),
        ReadErrorKind::UnknownSchema { schema, known } if schema.is_empty() => {
            format!("ファイルにスキーマの名前がありません。このページが読み取れるのは {known} です。")
        }
        ReadErrorKind::UnknownSchema { schema, known } => {
            format!("ファイルのスキーマは {schema} です。このページが読み取れるのは {known} です。")
        }
        ReadErrorKind::BrokenJson { reason } => {
            format!("JSON が途中で切れているか、形式が正しくありません（{}）。", clip_reason(reason))
        }
        ReadErrorKind::Archive(issue) => archive(*issue),
        ReadErrorKind::TooManyRows => "行数が、1 つの結果で扱える上限を超えています。".to_owned(),
        ReadErrorKind::OutOfMemory { limit } => format!(
            "このファイルを開くと、開いているファイルと合わせて、使えるメモリの上限（{}）を超えます。",
            mebibytes(*limit)
        ),
    }
}

fn archive(issue: ArchiveIssue) -> String {
    match issue {
        ArchiveIssue::Damaged => "ZIP ファイルが破損しているか、途中で切れています。".to_owned(),
        ArchiveIssue::Encrypted => "パスワードで暗号化されています。".to_owned(),
        ArchiveIssue::Method => "Deflate 以外の方式で圧縮されています。".to_owned(),
        ArchiveIssue::TooManyFiles { limit } => {
            format!("ZIP ファイルに含まれるファイルが {} 個を超えています。", grouped(limit.into()))
        }
        ArchiveIssue::TooLarge { limit } => {
            format!("ZIP ファイルの大きさが {} を超えています。", mebibytes(limit))
        }
        ArchiveIssue::UnpacksToTooMuch { limit } => {
            format!("ZIP ファイルを展開すると、合計で {} を超えます。", mebibytes(limit))
        }
        ArchiveIssue::Bomb { times } => format!(
            "ZIP ファイルを展開すると元の {times} 倍を超えます。レポートではあり得ないため、読み取りを中止しました。"
        ),
    }
}

fn not_a_report(other_file: &OtherFile) -> String {
    match other_file {
        OtherFile::GenerateAnswer(state) => format!(
            "これは `generate-credential-report` の出力（State: {}）で、レポートそのものではありません。",
            clip(state)
        ),
        OtherFile::AwsError(code) => {
            let meaning = match aws_error(code) {
                AwsError::NotPresent => "このアカウントのレポートはまだ生成されていません",
                AwsError::InProgress => "レポートはまだ生成中です",
                AwsError::Expired => "最後のレポートは生成から 4 時間以上が経過しています",
                AwsError::Denied => "呼び出し元にレポートを取得する権限がありません",
                AwsError::Other => "AWS からレポートを取得できませんでした",
            };
            format!("これは AWS のエラー `{}` です。{meaning}。", clip(code))
        }
        OtherFile::Workbook => "これは Excel ブックで、テキスト形式のレポートではありません。".to_owned(),
        OtherFile::Zip => "これは ZIP アーカイブです。".to_owned(),
        OtherFile::Gzip => "これは gzip アーカイブです。".to_owned(),
        OtherFile::Pdf => "これは PDF です。".to_owned(),
        OtherFile::Html => "これは Web ページです。".to_owned(),
        OtherFile::AccessKeyCsv => "これは、アクセスキーの作成時にコンソールからダウンロードできる \
                                    CSV ファイルです。シークレットアクセスキーが含まれているため、\
                                    内容の表示や保存は一切していません。"
            .to_owned(),
        OtherFile::PasswordCsv => {
            "このファイルには、コンソールのパスワードまたはサインインリンクが含まれています。内容の表示や保存は\
             一切していません。"
                .to_owned()
        }
        OtherFile::Decisions => "これは判定のファイルで、認証情報レポートではありません。".to_owned(),
        OtherFile::Changes => "これはエクスポートした変更点で、認証情報レポートではありません。".to_owned(),
        OtherFile::Review => "これは棚卸し表で、認証情報レポートではありません。".to_owned(),
        OtherFile::Owners => "これはユーザーと所有者の一覧で、認証情報レポートではありません。".to_owned(),
        OtherFile::Accounts => "これは AWS アカウントの一覧で、認証情報レポートではありません。".to_owned(),
        OtherFile::Alibaba => {
            "これは Alibaba Cloud RAM の認証情報レポートです。このページは AWS IAM のレポートを読み取ります。"
                .to_owned()
        }
        OtherFile::Custodian => {
            "これは Cloud Custodian のリソースで、認証情報レポートではありません。".to_owned()
        }
        OtherFile::NoContent => {
            "これは `get-credential-report` の応答ですが、`Content` がないため、行が含まれていません。".to_owned()
        }
        OtherFile::DrawnTable => {
            "これは空白や罫線で整形した表で、CSV ではありません。セルの区切りを確定できないため、読み取っていません。"
                .to_owned()
        }
        OtherFile::Findings => {
            "これはエクスポートされた検出結果で、認証情報レポートではありません。".to_owned()
        }
        OtherFile::Policy => {
            "これはエクスポートされたチェックポリシーで、認証情報レポートではありません。".to_owned()
        }
        OtherFile::Json => "これは JSON ですが、`get-credential-report` の出力ではありません。".to_owned(),
        OtherFile::Table(names) if names.is_empty() => {
            "これは表形式のファイルですが、列が認証情報レポートのものではありません。".to_owned()
        }
        OtherFile::Table(names) => format!(
            "これは表形式のファイルですが、列が認証情報レポートのものではありません（{}）。",
            columns(names)
        ),
        OtherFile::Binary => "これはバイナリファイルで、テキストではありません。".to_owned(),
        OtherFile::Text => "これはテキストですが、認証情報レポートではありません。".to_owned(),
    }
}

pub(in crate::text) fn read_advice(kind: &ReadErrorKind) -> String {
    let other_file = match kind {
        ReadErrorKind::NotAReport(other_file) => other_file,
        ReadErrorKind::Empty => {
            return format!(
                "ダウンロードが途中で切れたか、コマンドが失敗した可能性があります。{}",
                get_the_report()
            );
        }
        ReadErrorKind::NoUserColumn(_) => {
            return "`user` 列か `arn` 列の少なくとも一方を残すか、AWS から取得したままのレポートを\
                    使用してください。"
                .to_owned();
        }
        ReadErrorKind::NoRows { broken: 0 } => {
            return format!("レポートには少なくともルートユーザーの行があるはずです。{}", get_the_report());
        }
        ReadErrorKind::NoRows { .. } => {
            return format!("ダウンロード後に変更された可能性があります。{}", get_the_report());
        }
        ReadErrorKind::UnknownSchema { .. } => {
            return "このファイルを書き出したバージョン、またはそれより新しいバージョンのページで開いてください。".to_owned();
        }
        ReadErrorKind::BrokenBase64 { .. } | ReadErrorKind::BrokenJson { .. } => {
            return format!("途中で切れたか、変更された可能性があります。{}", get_the_report());
        }
        ReadErrorKind::Archive(ArchiveIssue::Encrypted | ArchiveIssue::Method | ArchiveIssue::Damaged) => {
            return "展開してから、レポートまたはそのフォルダを開いてください。".to_owned();
        }
        ReadErrorKind::Archive(_) => {
            return "レポートだけを展開し、レポートまたはそのフォルダを開いてください。".to_owned();
        }
        ReadErrorKind::LineBreaksLost => {
            return format!("改行を含めてコピーするか、元のファイルを使用してください。{}", get_the_report());
        }
        ReadErrorKind::TooManyRows => return "ファイルを分割し、1 つずつ開いてください。".to_owned(),
        ReadErrorKind::OutOfMemory { .. } => {
            return "開いている結果を閉じるか、このファイルを分割して 1 つずつ開いてください。".to_owned();
        }
    };
    match other_file {
        OtherFile::GenerateAnswer(_) => {
            format!("数秒待ってから `{GET_REPORT}` を実行し、作成されたファイルを開いてください。")
        }
        OtherFile::AwsError(code) => match aws_error(code) {
            AwsError::NotPresent => {
                format!("`{GENERATE_REPORT}` を実行し、数秒待ってから `{GET_REPORT}` を実行してください。")
            }
            AwsError::InProgress => {
                format!("数秒待ってから、`{GET_REPORT}` をもう一度実行してください。")
            }
            AwsError::Expired => format!(
                "`{GENERATE_REPORT}` で新しいレポートを生成してから、`{GET_REPORT}` を実行してください。"
            ),
            AwsError::Denied => "`iam:GenerateCredentialReport` と `iam:GetCredentialReport` の権限を\
                                 付与してもらうか、権限のある人に取得を依頼してください。"
                .to_owned(),
            AwsError::Other => {
                format!("エラーの原因を取り除いてから、`{GET_REPORT}` をもう一度実行してください。")
            }
        },
        OtherFile::Workbook => "表計算ソフトで開き、「CSV UTF-8」形式で保存してください。表計算ソフトは\
                                日付の形式を変えることがあるため、AWS から取得したままのファイルを\
                                使うほうが確実です。"
            .to_owned(),
        OtherFile::Zip | OtherFile::Gzip => "展開し、中にあるレポートを開いてください。".to_owned(),
        OtherFile::AccessKeyCsv => "キーをシークレット管理ツールに保管し、このファイルは削除してください。\
                                    ほかの人に見られた可能性がある場合は、キーを非アクティブ化し、新しいキーを\
                                    作成してください。"
            .to_owned(),
        OtherFile::PasswordCsv => {
            "パスワードをパスワード管理ツールに保管し、このファイルは削除してください。\
                                   ほかの人に見られた可能性がある場合は、パスワードを変更してください。"
                .to_owned()
        }
        OtherFile::Decisions
        | OtherFile::Changes
        | OtherFile::Review
        | OtherFile::Owners
        | OtherFile::Accounts => "認証情報レポートと一緒に開いてください。".to_owned(),
        OtherFile::NoContent => {
            format!("`--query` を付けずに `{GET_REPORT}` を実行し、出力全体を開いてください。")
        }
        OtherFile::DrawnTable => format!("表を CSV として保存してください。{}", get_the_report()),
        OtherFile::Findings => "検出結果の元になった認証情報レポートを開いてください。".to_owned(),
        OtherFile::Policy => "[チェックポリシー] でインポートしてください。".to_owned(),
        OtherFile::Pdf
        | OtherFile::Html
        | OtherFile::Alibaba
        | OtherFile::Custodian
        | OtherFile::Json
        | OtherFile::Table(_)
        | OtherFile::Binary
        | OtherFile::Text => get_the_report(),
    }
}

fn get_the_report() -> String {
    format!("IAM コンソールで認証情報レポートをダウンロードするか、`{GET_REPORT}` を実行してください。")
}

pub(in crate::text) fn warning(kind: &WarningKind) -> String {
    match kind {
        WarningKind::CellCount { found, expected } => format!(
            "ヘッダーの {} 列に対して、この行には {} 列あります。この行は除外しました。",
            grouped((*expected).into()),
            grouped((*found).into())
        ),
        WarningKind::OpenQuote => "引用符が閉じられていません。この行は除外しました。".to_owned(),
        WarningKind::NoUser => "名前も ARN もありません。この行は除外しました。".to_owned(),
        WarningKind::NotAUser => "ユーザーの行ではないため（ARN がなく、IAM で使えない名前であるか、認証情報の\
                                  内容がありません）、除外しました。"
            .to_owned(),
        WarningKind::Secret => "シークレットのファイルの行か、アクセスキーまたはサインインリンクを含む行です。\
                                この行は除外し、内容は表示していません。"
            .to_owned(),
        WarningKind::LineBreaksLost => "複数の行が 1 行につながっているため、除外しました。".to_owned(),
        WarningKind::LinesBeforeHeader { count } => {
            format!("ヘッダーの前の {} 行を除外しました。", grouped((*count).into()))
        }
        WarningKind::WithoutHeader => {
            "この行の前にヘッダーがないため、AWS の列の順序で読み取りました。".to_owned()
        }
        WarningKind::ForeignFlags { words } => {
            format!("列全体が {} のため、true/false として読み取りました。", clip(words))
        }
        WarningKind::SurplusCells { found, expected } => format!(
            "ヘッダーの {} 列に対して、この行には {} 列あります。最後の列より後ろは使用していません。",
            grouped((*expected).into()),
            grouped((*found).into())
        ),
        WarningKind::NameOfArn => {
            "IAM で使えない名前のため、ARN の名前を使用しています。".to_owned()
        }
        WarningKind::CommasInName => {
            "名前に、引用符で囲まれていないコンマがあります。ARN を手掛かりに行を復元しました。".to_owned()
        }
        WarningKind::Time(CellIssue::Unreadable) => "日時として読み取れません。".to_owned(),
        WarningKind::Time(CellIssue::Ambiguous) => {
            "日付の月と日を区別できないため、読み取っていません。".to_owned()
        }
        WarningKind::Time(CellIssue::Number) => "日付ではなく数値のため、読み取っていません。".to_owned(),
        WarningKind::Time(CellIssue::Impossible) => {
            "AWS の開始（2006 年）より前の日時のため、読み取っていません。".to_owned()
        }
        WarningKind::Flag => "`true` でも `false` でもありません。".to_owned(),
        WarningKind::Arn => "IAM の ARN ではないため、アカウントが分かりません。".to_owned(),
        WarningKind::ArnOfOther => "ARN が、この行とは別のユーザーのものです。".to_owned(),
        WarningKind::UnknownColumn => "認証情報レポートの列ではないため、無視しました。".to_owned(),
        WarningKind::UnnamedColumns { count } => format!(
            "認証情報レポートの列ではないものが {} 列あるため、無視しました。ヘッダーではない可能性があるため、\
             列名は表示していません。",
            grouped((*count).into())
        ),
        WarningKind::RepeatedColumn => "同じ列が複数あります。最初の列を使用しています。".to_owned(),
        WarningKind::RepeatedArn { first_line } => {
            format!("{} 行目と同じ ARN です。両方の行を残しました。", grouped((*first_line).into()))
        }
        WarningKind::Time(CellIssue::Future) => {
            "レポートの日時より後の日時です。経過日数は 0 日として扱っています。".to_owned()
        }
        WarningKind::Time(CellIssue::BeforeCreation) => "最終使用が、認証情報の作成より前になっています。".to_owned(),
        WarningKind::Encoding => {
            "テキストとして正しくないバイトがあり、その部分が置換文字になっています。".to_owned()
        }
        WarningKind::Decoded { encoding, places: 1 } => {
            format!("この箇所は UTF-8 ではないため、{encoding} と推測して読み取りました。")
        }
        WarningKind::Decoded { encoding, places } => format!(
            "この箇所を含む {} か所は UTF-8 ではないため、{encoding} と推測して読み取りました。",
            grouped((*places).into())
        ),
        WarningKind::DoubtfullyDecoded { encoding } => format!(
            "この箇所は UTF-8 ではないため {encoding} として読み取りましたが、別の文字コードとみられます。"
        ),
        WarningKind::NotDecoded { encoding } => format!(
            "この箇所は UTF-8 としても {encoding} としても正しくありません。読み取れない部分は置換文字で\
             表示しています。"
        ),
        WarningKind::CutOff => {
            "ファイルが UTF-16 の文字の途中で終わっています。最後のバイトはテキストではないため、無視しました。"
                .to_owned()
        }
        WarningKind::Replaced { account, by } => format!(
            "アカウント {} については比較にだけ使用します。結果は、より新しいレポート {} によるものです。",
            clip(account),
            clip(by)
        ),
        WarningKind::SameTime { account, by } => format!(
            "アカウント {} について、{} と日時が同じですが、行が異なります。後から開いたそちらを新しいレポートとして扱います。",
            clip(account),
            clip(by)
        ),
        WarningKind::SameReport { account, first } => format!(
            "アカウント {} の行は、同じ日時の {} とまったく同じです。二重に数えないよう、除外しました。",
            clip(account),
            clip(first)
        ),
        WarningKind::SameFile { first } => format!(
            "このファイルは {} と同じ内容です。行は 1 回だけ数えます。",
            clip(first)
        ),
    }
}

pub(in crate::text) fn more_lines(more: u32, lines: &[u32]) -> String {
    let listed: Vec<String> = lines.iter().map(|line| grouped((*line).into())).collect();
    let rest = if lines.len() < more as usize { "…" } else { "" };
    format!("ほか {} 行: {}{rest}", grouped(more.into()), listed.join("、"))
}

pub(in crate::text) fn reason(not_judged: &NotJudged) -> String {
    let column = not_judged.column.name();
    match not_judged.reason {
        MissingReason::MissingColumn => format!("このレポートに列 {column} がありません"),
        MissingReason::Unreadable => format!("列 {column} を読み取れません"),
        MissingReason::NotSupported => format!("列 {column} が not_supported です"),
        MissingReason::NoTime => format!("列 {column} に日時がありません"),
    }
}

pub(in crate::text) fn policy_error(error: &PolicyError) -> String {
    match error {
        PolicyError::OutOfRange { name, value, least, most } => format!(
            "`{}` の値が「{}」です。{} から {} までの整数の日数を指定してください。",
            clip(name),
            clip(value),
            grouped((*least).into()),
            grouped((*most).into())
        ),
        PolicyError::Unreadable { reason } => {
            format!("チェックポリシーとして読み取れません（{}）。", clip_reason(reason))
        }
        PolicyError::UnknownCheck { id } => format!("「{}」というチェックはありません。", clip(id)),
        PolicyError::UnknownPreset { name, known } => {
            format!("「{}」というプリセットはありません。使用できるのは {known} です。", clip(name))
        }
    }
}

pub(in crate::text) fn key_by_creation(created: Timestamp) -> String {
    format!(
        "レポートにはアクセスキー ID がありません。`ACCESS_KEY_ID` を、`CreateDate` が {}（UTC）のキーの ID に置き\
         換えてください。",
        creation(created)
    )
}

pub(in crate::text) fn limits() -> &'static [&'static str] {
    &[
        "ロールとその一時的な認証情報は、レポートに含まれません。",
        "IAM Identity Center のユーザーは、レポートに含まれません。",
        "CodeCommit や Amazon Bedrock などのサービス固有の認証情報は、レポートに含まれません。",
        "SSH パブリックキーは、レポートに含まれません。",
        "ユーザーのアクセスキーや証明書が 3 つ以上ある場合も、レポートに含まれるのは 2 つまでです。",
        "MFA デバイスが有効かどうかはレポートで分かりますが、その種類と数は分かりません。",
        "グループとポリシーはレポートに含まれないため、誰が管理者かは分かりません。",
        "アクセスキー ID は、レポートに含まれません。キーは作成日時で見分けます。",
        "タグはレポートに含まれないため、ユーザーの所有者は分かりません。",
        "ルートユーザーの MFA がハードウェアデバイスかどうかは、レポートでは分かりません。\
         `aws iam get-account-summary` の `AccountMFAEnabled` が 1 で、\
         `aws iam list-virtual-mfa-devices` の一覧にルートユーザーのデバイスがなければ、\
         ハードウェアデバイスまたはパスキーです。",
        "組織でルートアクセスの一元管理が有効かどうかは、レポートでは分かりません。管理アカウントで \
         `aws iam list-organizations-features` を実行すると確認できます。",
    ]
}
