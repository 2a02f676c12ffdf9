#!/usr/bin/env bash
# A made-up AWS CLI: a few commands of IAM, on files beside it. It takes no option and no query that it does not
# know.
#
#   account    the account
#   keys       USER ID STATUS CREATED LAST-USED SERVICE, one a line; times without a zone, "None" for never
#   passwords  USER CREATED
#   style      what times end with
#   denied     commands that are not allowed
#   noise      a warning that is written to standard error beside each answer
#   failing    commands that fail although they are carried out
#   answers/COMMAND, answers/COMMAND.status    an answer in place of the true one
#   calls      every command line
set -u
cd "$(dirname "$0")" || exit 1

printf '%s\n' "$*" >>calls
service=$1
operation=$2
shift 2

error() {
    printf '\nAn error occurred (%s) when calling the %s operation: %s\n' "$1" "$operation" "$2" >&2
    exit 254
}

user=
id=
status=
query=
output=
while [ $# -gt 0 ]; do
    case $1 in
        --user-name=*) user=${1#*=} ;;
        --access-key-id) id=$2 && shift ;;
        --status) status=$2 && shift ;;
        --query) query=$2 && shift ;;
        --output) output=$2 && shift ;;
        --region) shift ;;
        *)
            echo "Unknown options: $1" >&2
            exit 252
            ;;
    esac
    shift
done
# What is read must be in a form that was asked for, and in no pager.
if [ -n "$query" ] && { [ "$output" != text ] || [ -n "${AWS_PAGER-x}" ]; }; then exit 252; fi
[ ! -e noise ] || cat noise >&2
if grep -qx "$operation" denied; then error AccessDenied "not authorized to perform: $service:$operation"; fi
if [ -e "answers/$operation" ]; then
    cat "answers/$operation"
    [ ! -e "answers/$operation.status" ] || exit "$(cat "answers/$operation.status")"
    exit 0
fi

style=$(cat style)
end() {
    if grep -qx "$operation" failing; then error ServiceFailure 'an internal error'; fi
    exit 0
}
rows() {
    awk -v user="$user" -v id="$id" '(user == "" || $1 == user) && (id == "" || $2 == id)' "$1"
}
has_user() {
    awk -v user="$user" '$1 == user { found = 1 } END { exit !found }' keys passwords users
}

case "$service $operation $query" in
    'sts get-caller-identity Account') cat account ;;
    'iam list-access-keys AccessKeyMetadata[].[AccessKeyId,Status,CreateDate]')
        has_user || error NoSuchEntity "The user with name $user cannot be found."
        rows keys | awk -v style="$style" '{ print $2 "\t" $3 "\t" $4 style }'
        ;;
    'iam get-access-key-last-used AccessKeyLastUsed.[LastUsedDate,ServiceName]')
        rows keys | grep -q . || error AccessDenied 'not authorized to perform: iam:GetAccessKeyLastUsed'
        rows keys | awk -v style="$style" '{ print ($5 == "None" ? $5 : $5 style) "\t" $6 }'
        ;;
    'iam get-login-profile LoginProfile.CreateDate')
        rows passwords | grep -q . || error NoSuchEntity "Login Profile for User $user cannot be found."
        rows passwords | awk -v style="$style" '{ print $2 style }'
        ;;
    'iam update-access-key ')
        rows keys | grep -q . || error NoSuchEntity "The Access Key with id $id cannot be found."
        awk -v user="$user" -v id="$id" -v status="$status" \
            '$1 == user && $2 == id { $3 = status } { print }' keys >keys.new && mv keys.new keys
        end
        ;;
    'iam delete-access-key ')
        rows keys | grep -q . || error NoSuchEntity "The Access Key with id $id cannot be found."
        awk -v user="$user" -v id="$id" '!($1 == user && $2 == id)' keys >keys.new && mv keys.new keys
        end
        ;;
    'iam delete-login-profile ')
        rows passwords | grep -q . || error NoSuchEntity "Login Profile for User $user cannot be found."
        awk -v user="$user" '$1 != user' passwords >passwords.new && mv passwords.new passwords
        end
        ;;
    *)
        echo "Unknown: $service $operation $query" >&2
        exit 252
        ;;
esac
