#!/usr/bin/env bash
# Stage 2 of 2 for AWS account @ACCOUNT@: deletes access keys. This cannot be undone.
#
# Without --apply this is a dry run: it only reads, and says what it would do.
# Only keys are deleted that stage 1 deactivated at least 14 days ago, as its undo file says, and that are
# still inactive. A key is found by its creation time. One that was used later than the report says is refused.
#
# Usage: bash delete-@ACCOUNT@.sh [--apply] [--force] [--undo FILE]...
#   --apply      carry it out
#   --force      also delete keys that were used later than the report says
#   --undo FILE  an undo file of stage 1, beside those that were known when this script was made
# Exit status: 0 done, 1 something was refused, 2 unknown argument, 3 credentials of another account or none
#
