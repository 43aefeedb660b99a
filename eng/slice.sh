#!/usr/bin/env bash
# eng/slice.sh 105m COMMAND…: runs a command for at most so long, then asks it to stop (SIGTERM: it saves a checkpoint) and
# counts that as success, so that what it did can be stored before the next slice goes on. Killed for good two minutes later.
set -uo pipefail
limit="$1"
shift
timeout --signal=TERM --kill-after=2m "$limit" "$@"
status=$?
case "$status" in
  75 | 124 | 130 | 137 | 143)
    echo "slice: stopped after $limit with work left; the same command goes on from there"
    exit 0
    ;;
esac
exit "$status"
