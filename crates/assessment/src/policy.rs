//! What counts as too old, unused or dormant, and which checks are on.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::checks::{self, Check, CheckId, CheckSet, Preset};
use crate::thresholds::{Threshold, Thresholds};

/// The thresholds, in days, and the set of checks that are on.
///
/// As JSON it is the small file that the page exports and imports: `{"preset": "custom",
/// "unused_days": 45, …, "checks_off": ["user-mfa-disabled"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "PolicyForm")]
pub struct Policy {
    /// The thresholds.
    pub thresholds: Thresholds,
    /// The checks that are on.
    pub checks: CheckSet,
    /// For how many days a decision may count at the most. No preset has an opinion on it.
    pub decision_max_days: u32,
}

/// For how many days a decision may count, where nobody says.
pub const DECISION_MAX_DAYS: u32 = 365;

/// The name of [`Policy::decision_max_days`] in files.
const DECISION_MAX_DAYS_NAME: &str = "decision_max_days";

impl Preset {
    /// The policy of this name.
    pub fn policy(self) -> Policy {
        let mut thresholds = Thresholds::default();
        if matches!(self, Self::Cis12 | Self::AwsFsbp | Self::PciDss401) {
            thresholds.unused_days = 90;
            thresholds.never_used_days = 90;
        }
        if self == Self::PciDss401 {
            thresholds.password_max_age_days = 90;
        }
        let checks = checks::ids().filter(|id| id.check().presets.contains(&self)).collect();
        Policy { thresholds, checks, decision_max_days: DECISION_MAX_DAYS }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Preset::Recommended.policy()
    }
}

/// Why a policy was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyError {
    /// A threshold out of range.
    #[error("{name} is {value}; it must be a whole number of days from {least} to {most}")]
    OutOfRange {
        /// The threshold.
        name: String,
        /// What was given.
        value: String,
        /// The smallest number of days allowed.
        least: u32,
        /// The largest number of days allowed.
        most: u32,
    },
    /// The text is no policy.
    #[error("not a check policy: {reason}")]
    Unreadable {
        /// What the reader of JSON said.
        reason: String,
    },
    /// A check that does not exist.
    #[error("no check is called {id:?}")]
    UnknownCheck {
        /// The name.
        id: String,
    },
    /// A preset that does not exist.
    #[error("no preset is called {name:?}; there are {known}")]
    UnknownPreset {
        /// The name.
        name: String,
        /// The names of all presets.
        known: String,
    },
}

impl Threshold {
    /// Sets the value from what a person typed.
    ///
    /// # Errors
    /// [`PolicyError::OutOfRange`] where it is no whole number within [`Threshold::RANGE`]; the
    /// thresholds are then as they were.
    pub fn set(self, thresholds: &mut Thresholds, typed: &str) -> Result<(), PolicyError> {
        *self.field_mut(thresholds) = days(self.name(), typed)?;
        Ok(())
    }
}

/// A number of days that a person typed.
fn days(name: &str, typed: &str) -> Result<u32, PolicyError> {
    let value = typed.trim().parse().ok().filter(|days| Threshold::RANGE.contains(days));
    value.ok_or_else(|| PolicyError::OutOfRange {
        name: name.to_owned(),
        value: typed.trim().chars().take(20).collect(),
        least: *Threshold::RANGE.start(),
        most: *Threshold::RANGE.end(),
    })
}

impl Policy {
    /// Whether a check is on.
    pub fn has(&self, check: &Check) -> bool {
        CheckId::from_name(check.id).is_some_and(|id| self.checks.contains(id))
    }

    /// The preset that this policy equals, or `None`: it is custom.
    pub fn preset(&self) -> Option<Preset> {
        Preset::ALL.iter().copied().find(|preset| {
            let other = preset.policy();
            other.thresholds == self.thresholds && other.checks == self.checks
        })
    }

    /// The preset from which this policy differs the least, counting thresholds and checks; of several,
    /// the first.
    pub fn nearest_preset(&self) -> Preset {
        let distance = |preset: &Preset| {
            let other = preset.policy();
            let thresholds =
                Threshold::ALL.iter().filter(|t| t.of(&self.thresholds) != t.of(&other.thresholds)).count();
            thresholds
                + checks::ids().filter(|id| self.checks.contains(*id) != other.checks.contains(*id)).count()
        };
        Preset::ALL.iter().copied().min_by_key(distance).unwrap_or(Preset::Recommended)
    }

    /// The preset's name, or `custom`.
    pub fn name(&self) -> &'static str {
        self.preset().map_or("custom", Preset::name)
    }

    /// Reads a policy from its JSON; missing thresholds are those of the preset that it names, or
    /// else the recommended ones.
    ///
    /// # Errors
    /// Text that is no policy, an unknown check or preset, a threshold out of range.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        let form: PolicyForm = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| PolicyError::Unreadable { reason: error.to_string() })?;
        form.checked()
    }

    /// Sets for how many days a decision may count, from what a person typed.
    ///
    /// # Errors
    /// [`PolicyError::OutOfRange`] where it is no whole number within [`Threshold::RANGE`]; the policy is then
    /// as it was.
    pub fn set_decision_max_days(&mut self, typed: &str) -> Result<(), PolicyError> {
        self.decision_max_days = days(DECISION_MAX_DAYS_NAME, typed)?;
        Ok(())
    }

    /// The policy as the JSON that [`Policy::from_json`] reads.
    pub fn to_json(&self) -> String {
        // The form holds numbers and names only, which always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The form of a policy in files, storage and exports.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyForm {
    #[serde(default)]
    preset: Option<String>,
    unused_days: Option<i64>,
    never_used_days: Option<i64>,
    key_max_age_days: Option<i64>,
    password_max_age_days: Option<i64>,
    root_used_days: Option<i64>,
    dormant_days: Option<i64>,
    in_use_days: Option<i64>,
    no_credentials_days: Option<i64>,
    #[serde(default)]
    checks_off: Option<Vec<String>>,
    #[serde(default)]
    decision_max_days: Option<i64>,
}

impl PolicyForm {
    fn checked(self) -> Result<Policy, PolicyError> {
        let preset = match self.preset.as_deref() {
            None | Some("custom") => Preset::Recommended,
            Some(name) => Preset::from_name(name).ok_or_else(|| PolicyError::UnknownPreset {
                name: name.to_owned(),
                known: Preset::ALL.iter().map(|preset| preset.name()).collect::<Vec<_>>().join(", "),
            })?,
        };
        let mut policy = preset.policy();
        let given = [
            self.unused_days,
            self.never_used_days,
            self.key_max_age_days,
            self.password_max_age_days,
            self.root_used_days,
            self.dormant_days,
            self.in_use_days,
            self.no_credentials_days,
        ];
        for (&threshold, value) in Threshold::ALL.iter().zip(given) {
            if let Some(value) = value {
                threshold.set(&mut policy.thresholds, &value.to_string())?;
            }
        }
        if let Some(value) = self.decision_max_days {
            policy.set_decision_max_days(&value.to_string())?;
        }
        if let Some(off) = self.checks_off {
            policy.checks = CheckSet::all();
            for id in off {
                let check = CheckId::from_name(&id).ok_or(PolicyError::UnknownCheck { id })?;
                policy.checks.remove(check);
            }
        }
        Ok(policy)
    }
}

/// As the form has it. For people `decision_max_days` is left out where it is what it is for everybody: exports
/// of long ago have none.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_told = !serializer.is_human_readable() || self.decision_max_days != DECISION_MAX_DAYS;
        let off: Vec<&str> =
            checks::ids().filter(|id| !self.checks.contains(*id)).map(CheckId::name).collect();
        let mut form =
            serializer.serialize_struct("PolicyForm", Threshold::ALL.len() + 2 + usize::from(is_told))?;
        form.serialize_field("preset", &Some(self.name()))?;
        for threshold in Threshold::ALL {
            form.serialize_field(threshold.name(), &Some(i64::from(threshold.of(&self.thresholds))))?;
        }
        form.serialize_field("checks_off", &Some(off))?;
        if is_told {
            form.serialize_field(DECISION_MAX_DAYS_NAME, &Some(i64::from(self.decision_max_days)))?;
        }
        form.end()
    }
}

impl TryFrom<PolicyForm> for Policy {
    type Error = PolicyError;

    fn try_from(form: PolicyForm) -> Result<Self, PolicyError> {
        form.checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_have_the_checks_and_thresholds_of_their_framework() {
        let off = |preset: Preset| -> Vec<usize> {
            let policy = preset.policy();
            checks::ids().filter(|id| !policy.checks.contains(*id)).map(CheckId::number).collect()
        };
        assert_eq!(off(Preset::Recommended), [19]);
        assert_eq!(off(Preset::Cis70), [5, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22]);
        assert_eq!(off(Preset::Cis50), [5, 9, 10, 11, 15, 17, 19, 20, 21, 22]);
        assert_eq!(off(Preset::Cis30), off(Preset::Cis50));
        assert_eq!(off(Preset::Cis12), [2, 5, 9, 10, 11, 15, 16, 17, 19, 20, 21, 22]);
        assert_eq!(off(Preset::AwsFsbp), [2, 4, 5, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22]);
        assert_eq!(off(Preset::PciDss401), [2, 4, 5, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22]);
        for &preset in Preset::ALL {
            let unused =
                if matches!(preset, Preset::Cis12 | Preset::AwsFsbp | Preset::PciDss401) { 90 } else { 45 };
            let password = if preset == Preset::PciDss401 { 90 } else { 365 };
            let policy = preset.policy();
            assert_eq!(
                (policy.thresholds.unused_days, policy.thresholds.never_used_days),
                (unused, unused),
                "{}",
                preset.name()
            );
            assert_eq!(policy.thresholds.password_max_age_days, password);
            assert_eq!(
                (
                    policy.thresholds.key_max_age_days,
                    policy.thresholds.root_used_days,
                    policy.thresholds.dormant_days
                ),
                (90, 30, 90)
            );
            assert_eq!((policy.thresholds.in_use_days, policy.thresholds.no_credentials_days), (30, 30));
        }
    }

    #[test]
    fn any_change_makes_a_policy_custom_and_taking_it_back_does_not() {
        for &threshold in Threshold::ALL {
            let mut policy = Policy::default();
            let was = threshold.of(&policy.thresholds);
            threshold.set(&mut policy.thresholds, "46").unwrap();
            assert_eq!(policy.name(), "custom");
            threshold.set(&mut policy.thresholds, &was.to_string()).unwrap();
            assert_eq!(policy.preset(), Some(Preset::Recommended));
        }
        let mut policy = Policy::default();
        policy.checks.insert(CheckId::from_name("user-mfa-disabled").unwrap());
        assert_eq!(policy.name(), "custom");
    }

    #[test]
    fn the_nearest_preset_is_the_one_that_a_policy_was_made_from() {
        for &preset in Preset::ALL {
            // CIS 3.0 is CIS 5.0, which comes first.
            let first = if preset == Preset::Cis30 { Preset::Cis50 } else { preset };
            let mut policy = preset.policy();
            assert_eq!(policy.nearest_preset(), first);
            policy.thresholds.dormant_days = 7;
            assert_eq!(policy.nearest_preset(), first);
        }
        let mut policy = Preset::AwsFsbp.policy();
        policy.thresholds.password_max_age_days = 90;
        policy.checks.insert(CheckId::from_number(9).unwrap());
        assert_eq!(policy.nearest_preset(), Preset::PciDss401);
    }

    #[test]
    fn a_value_out_of_range_is_refused_and_changes_nothing() {
        for typed in ["0", "-1", "3651", "4.5", "", "ninety"] {
            let mut policy = Policy::default();
            let error = Threshold::UnusedDays.set(&mut policy.thresholds, typed).unwrap_err();
            assert!(matches!(error, PolicyError::OutOfRange { least: 1, most: 3650, .. }), "{typed}");
            assert_eq!(policy, Policy::default());
        }
    }

    #[test]
    fn a_policy_is_read_back_from_its_json() {
        let mut policy = Preset::PciDss401.policy();
        assert_eq!(Policy::from_json(&policy.to_json()), Ok(policy.clone()));
        policy.thresholds.dormant_days = 7;
        policy.checks.remove(CheckId::from_number(1).unwrap());
        assert_eq!(Policy::from_json(&policy.to_json()), Ok(policy));
        assert_eq!(Policy::from_json(r#"{"preset":"cis-1.2"}"#), Ok(Preset::Cis12.policy()));
    }

    #[test]
    fn a_broken_policy_says_what_is_wrong() {
        for (text, says) in [
            (r#"{"unused_days": 0}"#, "unused_days is 0; it must be a whole number of days from 1 to 3650"),
            (r#"{"checks_off": ["no-such-check"]}"#, "no check is called \"no-such-check\""),
            (r#"{"preset": "cis-9"}"#, "no preset is called \"cis-9\""),
            (r#"{"unused": 1}"#, "unknown field `unused`"),
            ("[]", "not a check policy"),
        ] {
            let error = Policy::from_json(text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
