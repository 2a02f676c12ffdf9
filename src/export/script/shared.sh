
if [ -z "${BASH_VERSION-}" ]; then
    echo 'Run this script with bash.' >&2
    exit 2
fi
set -u -f
# The AWS CLI must neither open a pager nor ask.
export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off

readonly MARK=$'\036' TAB=$'\t' NEWLINE=$'\n'
readonly TIME='^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|\+00:00)$'
readonly KEY="^([A-Za-z0-9_]+)$TAB(Active|Inactive)$TAB([^$TAB]+)\$"
readonly LAST_USE="^([^$TAB]+)$TAB([^$TAB]+)\$"

apply=no
force=no
changes=0
already=0
refused=0
# What is being looked at, for what is said about it.
subject=

fail() {
    printf '%s\n' "$2" >&2
    exit "$1"
}

tell() {
    printf '%s: %s\n' "$subject" "$1"
}

refuse() {
    refused=$((refused + 1))
    tell "REFUSED: $1"
}

is_already() {
    already=$((already + 1))
    tell "$1"
}

# Asks AWS. `answer` is what it says, `problem` is why it does not. Standard error is kept apart: the AWS CLI
# also writes warnings there.
answer=
problem=
ask() {
    local all
    all=$({
        output=$(aws "$@" --output text </dev/null)
        printf '%s%s%s%s' "$MARK" "$?" "$MARK" "$output"
    } 2>&1)
    problem=${all%%"$MARK"*}
    problem=${problem//[![:print:]]/ }
    all=${all#*"$MARK"}
    answer=${all#*"$MARK"}
    [ "${all%%"$MARK"*}" = 0 ] && return
    [ -n "${problem// /}" ] || problem='the AWS CLI failed without saying why'
    return 1
}

# Whether AWS said that there is no such user or password.
is_absent() {
    [[ $problem == *'(NoSuchEntity)'* ]]
}

# `seconds` since 1970 of a UTC time, cut to the second; fails where the text is none.
seconds=0
read_time() {
    [[ $1 =~ $TIME ]] || return 1
    local year=$((10#${BASH_REMATCH[1]})) month=$((10#${BASH_REMATCH[2]})) day=$((10#${BASH_REMATCH[3]}))
    local hour=$((10#${BASH_REMATCH[4]})) minute=$((10#${BASH_REMATCH[5]})) second=$((10#${BASH_REMATCH[6]}))
    # Counted from March, a leap day is the last of its year.
    [ "$month" -gt 2 ] || year=$((year - 1))
    month=$(((month + 9) % 12))
    day=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719469))
    seconds=$((((day * 24 + hour) * 60 + minute) * 60 + second))
}

now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

list_keys() {
    ask iam list-access-keys "--user-name=$1" --query 'AccessKeyMetadata[].[AccessKeyId,Status,CreateDate]'
}

# Finds the key of a user by its creation time: `id` and `status`. Fails where it is gone or refused.
id=
status=
find_key() {
    local created line found=0
    subject="$1: access key created $2"
    if ! list_keys "$1"; then
        if is_absent; then is_already 'gone'; else refuse "$problem"; fi
        return 1
    fi
    read_time "$2"
    created=$seconds
    local IFS=$NEWLINE
    for line in $answer; do
        if ! [[ $line =~ $KEY ]]; then
            refuse "AWS gave an unexpected list of keys"
            return 1
        fi
        local its_id=${BASH_REMATCH[1]} its_status=${BASH_REMATCH[2]}
        if ! read_time "${BASH_REMATCH[3]}"; then
            refuse "AWS gave an unexpected creation time"
            return 1
        fi
        if [ "$seconds" -eq "$created" ]; then
            found=$((found + 1))
            id=$its_id
            status=$its_status
        fi
    done
    case $found in
        0) is_already 'gone' ;;
        1) return 0 ;;
        *) refuse "$found keys were created in that second" ;;
    esac
    return 1
}

# Looks again at when the key was last used. Fails where that is refused: it is later than the report says
# ($1: a time, "never", or "unknown"), or AWS does not say.
may_change() {
    local used=never last=0
    if ! ask iam get-access-key-last-used --access-key-id "$id" \
        --query 'AccessKeyLastUsed.[LastUsedDate,ServiceName]'; then
        refuse "whether $id was used is not known: $problem"
        return 1
    fi
    # "Never" is said by two members: neither an empty answer nor an error looks like that.
    [ "$answer" != "None${TAB}N/A" ] || return 0
    if [[ $answer =~ $LAST_USE ]]; then used=${BASH_REMATCH[1]}; fi
    if ! read_time "$used"; then
        refuse "whether $id was used is not known: AWS gave an unexpected response"
        return 1
    fi
    last=$seconds
    if read_time "$1" && [ "$last" -le "$seconds" ]; then return 0; fi
    if [ "$force" = yes ]; then
        tell "$id was used $used, later than the report says ($1); --force"
        return 0
    fi
    refuse "$id was used $used, later than the report says ($1); --force answers this"
    return 1
}

main() {
    while [ $# -gt 0 ]; do
        case $1 in
            --apply) apply=yes ;;
            --force) force=yes ;;
            -h | --help)
                printf '%s\n' "$USAGE"
                exit 0
                ;;
            *)
                if ! stage_argument "$@"; then
                    printf 'Unknown argument: %s\n' "$1" >&2
                    fail 2 "$USAGE"
                fi
                shift
                ;;
        esac
        shift
    done
    ready
    command -v aws >/dev/null 2>&1 || fail 3 'The AWS CLI (aws) was not found.'
    ask sts get-caller-identity --query Account || fail 3 "AWS does not say which account this is: $problem"
    [ "$answer" = "$ACCOUNT" ] ||
        fail 3 "This script is for account $ACCOUNT; these AWS credentials are for ${answer//[![:print:]]/ }."
    work
    if [ "$apply" = yes ]; then
        printf '\nChanged: %s' "$changes"
    else
        printf '\nDry run, nothing was changed. Would change: %s' "$changes"
    fi
    printf '. Already done: %s. Refused: %s. Manual steps: %s' "$already" "$refused" "$MANUAL"
    [ "$MANUAL" -eq 0 ] || printf ' (listed at the top of this file)'
    printf '.\n'
    end
    [ "$refused" -eq 0 ] || exit 1
    exit 0
}
