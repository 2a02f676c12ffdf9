#!/usr/bin/env bash
# A clock that stands still.
now=$(cat "$(dirname "$0")/now")
case "$*" in
    '-u +%Y-%m-%dT%H:%M:%SZ') printf '%s\n' "$now" ;;
    '-u +%Y%m%dT%H%M%SZ') printf '%s\n' "$now" | tr -d ':-' ;;
    *) exit 1 ;;
esac
