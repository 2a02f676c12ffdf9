//! The commands that look into findings and resolve them: they look first, then deactivate, and delete last.

/// Each is a subcommand of `aws iam`; `{user}` stands for the option that names the user.
pub(super) const LIST_KEYS: &str = "list-access-keys {user}";
pub(super) const LAST_USE_OF_KEY: &str = "get-access-key-last-used --access-key-id ACCESS_KEY_ID";
pub(super) const CREATE_KEY: &str = "create-access-key {user}";
pub(super) const DEACTIVATE_KEY: &str =
    "update-access-key {user} --access-key-id ACCESS_KEY_ID --status Inactive";
pub(super) const DELETE_KEY: &str = "delete-access-key {user} --access-key-id ACCESS_KEY_ID";
pub(super) const LOOK_AT_PASSWORD: &str = "get-login-profile {user}";
pub(super) const RESET_PASSWORD: &str = "update-login-profile {user} --password-reset-required";
/// Deletes a console password.
pub const DELETE_PASSWORD: &str = "delete-login-profile {user}";
pub(super) const PASSWORD_POLICY: &str = "get-account-password-policy";
pub(super) const LIST_MFA: &str = "list-mfa-devices {user}";
pub(super) const ACCOUNT: &str = "get-account-summary";

/// A key that can go: look, deactivate, and delete at last.
pub(super) const RETIRE_KEY: &[&str] = &[LIST_KEYS, LAST_USE_OF_KEY, DEACTIVATE_KEY, DELETE_KEY];

/// A password that can go: look, also at the keys, which live on without it, and take it away.
pub(super) const RETIRE_PASSWORD: &[&str] = &[LOOK_AT_PASSWORD, LIST_KEYS, DELETE_PASSWORD];
