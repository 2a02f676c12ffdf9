//! Reads AWS IAM credential reports and judges them.
