//! The sections of frameworks that ask for a check; section numbers are strings.

/// A framework or catalogue of controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framework {
    /// CIS AWS Foundations Benchmark, by its version.
    Cis(&'static str),
    /// AWS Security Hub controls.
    SecurityHub,
    /// AWS Config managed rules.
    Config,
    /// PCI DSS 4.0.1.
    Pci,
    /// NIST SP 800-53 revision 5.
    Nist,
}

impl Framework {
    /// The name in exports: `cis-7.0`, `security-hub`, …
    pub fn name(self) -> String {
        match self {
            Self::Cis(version) => format!("cis-{version}"),
            Self::SecurityHub => "security-hub".to_owned(),
            Self::Config => "aws-config".to_owned(),
            Self::Pci => "pci-dss-4.0.1".to_owned(),
            Self::Nist => "nist-800-53-r5".to_owned(),
        }
    }

    /// The name for people: `CIS 7.0`, `Security Hub`, …
    pub fn label(self) -> String {
        match self {
            Self::Cis(version) => format!("CIS {version}"),
            Self::SecurityHub => "Security Hub".to_owned(),
            Self::Config => "AWS Config".to_owned(),
            Self::Pci => "PCI DSS 4.0.1".to_owned(),
            Self::Nist => "NIST 800-53 r5".to_owned(),
        }
    }
}

/// Frameworks with their sections, the newest benchmark first.
pub type Sections = &'static [(Framework, &'static [&'static str])];

/// Sections by topic: CIS 7.0, 6.0, 5.0, then 4.0.1, 3.0, 2.0, 1.5 and 1.4 (which share one
/// numbering), then 1.2.
macro_rules! sections {
    ($name:ident: $(cis [$($version:literal $section:literal),*])? $(hub $hub:expr;)? $(config $config:expr;)? $(pci $pci:expr;)? $(nist $nist:expr;)?) => {
        pub(super) const $name: Sections = &[
            $($((Framework::Cis($version), &[$section]),)*)?
            $((Framework::SecurityHub, $hub),)?
            $((Framework::Config, $config),)?
            $((Framework::Pci, $pci),)?
            $((Framework::Nist, $nist),)?
        ];
    };
}

const NIST_MFA: &[&str] = &["AC-2(1)", "AC-3(15)", "IA-2(1)", "IA-2(2)", "IA-2(6)", "IA-2(8)"];

sections! { NONE: }

sections! { ROOT_KEY:
    cis ["7.0" "2.4", "6.0" "2.3", "5.0" "1.3", "4.0.1" "1.4", "3.0" "1.4", "2.0" "1.4", "1.5" "1.4", "1.4" "1.4", "1.2" "1.12"]
    hub &["IAM.4"];
    config &["iam-root-access-key-check"];
    nist &["AC-2(1)", "AC-3(7)", "AC-3(15)", "AC-6", "AC-6(2)", "AC-6(10)"];
}

sections! { ROOT_MFA:
    cis ["7.0" "2.5", "6.0" "2.4", "5.0" "1.4", "4.0.1" "1.5", "3.0" "1.5", "2.0" "1.5", "1.5" "1.5", "1.4" "1.5", "1.2" "1.13"]
    hub &["IAM.9"];
    config &["root-account-mfa-enabled"];
    pci &["8.4.2"];
    nist NIST_MFA;
}

sections! { ROOT_USE:
    cis ["7.0" "2.7", "6.0" "2.6", "5.0" "1.6", "4.0.1" "1.7", "3.0" "1.7", "2.0" "1.7", "1.5" "1.7", "1.4" "1.7", "1.2" "1.1"]
}

sections! { CONSOLE_MFA:
    cis ["7.0" "2.10", "6.0" "2.9", "5.0" "1.9", "4.0.1" "1.10", "3.0" "1.10", "2.0" "1.10", "1.5" "1.10", "1.4" "1.10", "1.2" "1.2"]
    hub &["IAM.5"];
    config &["mfa-enabled-for-iam-console-access"];
    pci &["8.4.2"];
    nist NIST_MFA;
}

sections! { USER_MFA:
    hub &["IAM.19"];
    config &["iam-user-mfa-enabled"];
    pci &["8.4.2"];
    nist NIST_MFA;
}

sections! { UNUSED:
    cis ["7.0" "2.11", "6.0" "2.11", "5.0" "1.11", "4.0.1" "1.12", "3.0" "1.12", "2.0" "1.12", "1.5" "1.12", "1.4" "1.12", "1.2" "1.3"]
    hub &["IAM.22", "IAM.8"];
    config &["iam-user-unused-credentials-check"];
    pci &["8.2.6"];
    nist &["AC-2", "AC-2(1)", "AC-2(3)", "AC-3", "AC-3(7)", "AC-3(15)", "AC-6"];
}

sections! { KEY_ROTATION:
    cis ["7.0" "2.12", "6.0" "2.13", "5.0" "1.13", "4.0.1" "1.14", "3.0" "1.14", "2.0" "1.14", "1.5" "1.14", "1.4" "1.14", "1.2" "1.4"]
    hub &["IAM.3"];
    config &["access-keys-rotated"];
    pci &["8.3.9", "8.6.3"];
    nist &["AC-2(1)", "AC-2(3)", "AC-3(15)"];
}

sections! { KEY_AT_CREATION:
    cis ["6.0" "2.10", "5.0" "1.10", "4.0.1" "1.11", "3.0" "1.11", "2.0" "1.11", "1.5" "1.11", "1.4" "1.11", "1.2" "1.21"]
}

sections! { ONE_ACTIVE_KEY:
    cis ["6.0" "2.12", "5.0" "1.12", "4.0.1" "1.13", "3.0" "1.13", "2.0" "1.13", "1.5" "1.13", "1.4" "1.13"]
}
