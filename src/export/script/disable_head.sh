#!/usr/bin/env bash
# Stage 1 of 2 for AWS account @ACCOUNT@: deactivates access keys and deletes console passwords.
#
# Without --apply this is a dry run: it only reads, and says what it would do.
# A deactivated key can be reactivated. A deleted password cannot be restored (AWS cannot disable one): its
# user needs a new password. Before each change the way back is written to undo-@ACCOUNT@-TIME.sh, in
# the current folder. Keep that file: stage 2 needs it, at least 14 days later.
# A key is found by its creation time. One that was used later than the report says is refused.
#
# Usage: bash disable-@ACCOUNT@.sh [--apply] [--force]
#   --apply  carry it out
#   --force  also deactivate keys that were used later than the report says
# Exit status: 0 done, 1 something was refused, 2 unknown argument, 3 credentials of another account or none
#
