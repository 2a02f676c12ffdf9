
readonly USAGE="Usage: bash delete-$ACCOUNT.sh [--apply] [--force] [--undo FILE]..."
readonly WAY_BACK=' # ([0-9T:.+Z-]+) ([A-Za-z0-9_]+)$'
readonly DAYS=14
# When stage 1 deactivated which key: " TIME KEY-ID TIME KEY-ID ".
deactivated=' '
today=0

# Stage 1 deactivated key $2 at $1.
since() {
    deactivated="$deactivated$1 $2 "
}

stage_argument() {
    local line
    [ "$1" = --undo ] || return 1
    [ $# -gt 1 ] || fail 2 "$USAGE"
    if [ ! -f "$2" ] || [ ! -r "$2" ]; then fail 2 "The undo file cannot be read: $2"; fi
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        if [[ $line =~ $WAY_BACK ]]; then since "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"; fi
    done <"$2"
}

ready() {
    stage_1
    [ "$deactivated" != ' ' ] || fail 2 "No undo file of stage 1 says when a key was deactivated. $USAGE"
    read_time "$(now)" || fail 2 'The date command gave an unexpected time.'
    today=$seconds
}

# When stage 1 deactivated the key, the last time: `seconds`, 0 where it did not.
find_deactivation() {
    local rest=$deactivated before last=0
    while [[ $rest == *" $id "* ]]; do
        before=${rest%%" $id "*}
        if read_time "${before##* }" && [ "$seconds" -gt "$last" ]; then last=$seconds; fi
        rest=" ${rest#*" $id "}"
    done
    seconds=$last
}

# Deletes the key of user $1 that was created at $2 and, as the report says, last used at $3.
key() {
    local days
    find_key "$1" "$2" || return
    if [ "$status" != Inactive ]; then
        refuse "$id is active"
        return
    fi
    find_deactivation
    if [ "$seconds" -eq 0 ]; then
        refuse "no undo file of stage 1 says that it deactivated $id"
        return
    fi
    days=$(((today - seconds) / 86400))
    if [ "$((today - seconds))" -lt "$((DAYS * 86400))" ]; then
        refuse "$id was deactivated $days days ago; it can be deleted after $DAYS days"
        return
    fi
    may_change "$3" || return
    if [ "$apply" = no ]; then
        changes=$((changes + 1))
        tell "$id, deactivated $days days ago, would be deleted; this cannot be undone"
        return
    fi
    if ask iam delete-access-key "--user-name=$1" --access-key-id "$id"; then
        changes=$((changes + 1))
        tell "$id deleted"
    else
        refuse "$id was not deleted: $problem"
    fi
}

end() {
    if [ "$apply" = no ] && [ "$changes" -gt 0 ]; then
        echo 'To carry it out, run this script again with --apply. A deleted key cannot be restored.'
    fi
}
