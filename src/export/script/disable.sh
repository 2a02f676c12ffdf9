
readonly USAGE="Usage: bash disable-$ACCOUNT.sh [--apply] [--force]"
undo=

stage_argument() {
    return 1
}

ready() {
    undo="undo-$ACCOUNT-$(date -u +%Y%m%dT%H%M%SZ).sh"
    umask 077
}

# Writes the way back ($1), and what it is about ($2).
keep_way_back() {
    local time
    time=$(now)
    if read_time "$time" && { printf '%s # %s %s\n' "$1" "$time" "$2" >>"$undo"; } 2>/dev/null; then
        return
    fi
    refuse "the way back cannot be written to $undo"
    return 1
}

# Takes back the last way back: nothing was changed.
drop_way_back() {
    local kept
    kept=$(sed '$d' "$undo")
    if [ -z "$kept" ]; then
        rm -f "$undo"
    else
        printf '%s\n' "$kept" >"$undo.part" && mv "$undo.part" "$undo"
    fi
}

# Deactivates the key of user $1 that was created at $2 and, as the report says, last used at $3.
key() {
    local why
    find_key "$1" "$2" || return
    if [ "$status" = Inactive ]; then
        is_already "$id is already inactive"
        return
    fi
    may_change "$3" || return
    if [ "$apply" = no ]; then
        changes=$((changes + 1))
        tell "$id would be deactivated"
        return
    fi
    keep_way_back "aws iam update-access-key --user-name='$1' --access-key-id '$id' --status Active$REGION" "$id" ||
        return
    if ask iam update-access-key "--user-name=$1" --access-key-id "$id" --status Inactive; then
        changes=$((changes + 1))
        tell "$id deactivated"
        return
    fi
    why=$problem
    if list_keys "$1" && [[ $NEWLINE$answer == *"$NEWLINE$id${TAB}Active$TAB"* ]]; then
        drop_way_back
        refuse "$id is still active: $why"
    else
        refuse "whether $id is still active is not known: $why"
    fi
}

# Deletes the console password of user $1, unless it was created after the report, which is of $2.
password() {
    local why created
    subject="$1: console password"
    if ! ask iam get-login-profile "--user-name=$1" --query LoginProfile.CreateDate; then
        if is_absent; then is_already 'already deleted'; else refuse "$problem"; fi
        return
    fi
    if ! read_time "$answer"; then
        refuse 'AWS gave an unexpected creation time'
        return
    fi
    created=$seconds
    if read_time "$2" && [ "$created" -gt "$seconds" ]; then
        refuse "created $answer, after the report"
        return
    fi
    if [ "$apply" = no ]; then
        changes=$((changes + 1))
        tell 'would be deleted; to undo this, its user needs a new password'
        return
    fi
    keep_way_back "echo 'A deleted password cannot be restored. A new one: aws iam create-login-profile --user-name='\\''$1'\\'' --password-reset-required --password NEW_PASSWORD$REGION'" password ||
        return
    if ask iam delete-login-profile "--user-name=$1"; then
        changes=$((changes + 1))
        tell 'deleted; to undo this, its user needs a new password'
        return
    fi
    why=$problem
    if ask iam get-login-profile "--user-name=$1" --query LoginProfile.CreateDate; then
        drop_way_back
        refuse "still there: $why"
    else
        refuse "whether it is still there is not known: $why"
    fi
}

end() {
    if [ "$apply" = no ] && [ "$changes" -gt 0 ]; then
        echo 'To carry it out, run this script again with --apply.'
    elif [ "$apply" = yes ] && [ -e "$undo" ]; then
        echo "To undo it: bash $undo. Stage 2 needs this file."
    fi
}
