//! Named sets of checks and thresholds.

use serde::{Deserialize, Serialize};

/// A named policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Preset {
    /// The practice this tool recommends.
    #[serde(rename = "recommended")]
    Recommended,
    /// CIS AWS Foundations Benchmark 7.0.
    #[serde(rename = "cis-7.0")]
    Cis70,
    /// CIS AWS Foundations Benchmark 5.0.
    #[serde(rename = "cis-5.0")]
    Cis50,
    /// CIS AWS Foundations Benchmark 3.0.
    #[serde(rename = "cis-3.0")]
    Cis30,
    /// CIS AWS Foundations Benchmark 1.2.
    #[serde(rename = "cis-1.2")]
    Cis12,
    /// AWS Foundational Security Best Practices, a standard of Security Hub.
    #[serde(rename = "aws-fsbp")]
    AwsFsbp,
    /// PCI DSS 4.0.1.
    #[serde(rename = "pci-dss-4.0.1")]
    PciDss401,
}

impl Preset {
    /// Every preset, the one in force at first first.
    pub const ALL: &[Self] = &[
        Self::Recommended,
        Self::Cis70,
        Self::Cis50,
        Self::Cis30,
        Self::Cis12,
        Self::AwsFsbp,
        Self::PciDss401,
    ];

    /// The name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Cis70 => "cis-7.0",
            Self::Cis50 => "cis-5.0",
            Self::Cis30 => "cis-3.0",
            Self::Cis12 => "cis-1.2",
            Self::AwsFsbp => "aws-fsbp",
            Self::PciDss401 => "pci-dss-4.0.1",
        }
    }

    /// The preset of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|preset| preset.name() == name)
    }
}
