#!/usr/bin/env bash
# eng/slice.sh [--last] LIMIT COMMAND…: runs a command for at most so long (90m, 30s), then asks it to stop (SIGTERM: it saves a checkpoint), and
# kills it two minutes later. Work left when the time is up is success, so that what was done can be stored before the next slice goes on;
# after the last slice it is not: the job is red (75), and "Re-run failed jobs" goes on from what was stored. A command that was killed before
# its time is up ran out of memory, or lost its machine: never success.
set -uo pipefail
last=
if [ "$1" = --last ]; then last=1 && shift; fi
limit="$1"
shift
case "$limit" in
  *m) seconds=$((${limit%m} * 60)) ;;
  *s) seconds="${limit%s}" ;;
  *) echo "slice: $limit: write 90m or 30s" >&2 && exit 2 ;;
esac
SECONDS=0
timeout --signal=TERM --kill-after=2m "$seconds" "$@"
status=$?
elapsed="$SECONDS"
case "$status" in
  75 | 124 | 130 | 137 | 143) ;;
  *) exit "$status" ;;
esac
if [ "$elapsed" -lt "$seconds" ]; then
  if [ "$status" -eq 137 ]; then
    echo "slice: killed after $elapsed s, before its time was up: out of memory? Smaller batches, or a runner with more" >&2
  else
    echo "slice: stopped by a signal after $elapsed s of $seconds s" >&2
  fi
  exit "$status"
fi
if [ -n "$last" ]; then
  echo "slice: work is left after the last slice ($elapsed s): \"Re-run failed jobs\" goes on from there" >&2
  exit 75
fi
echo "slice: $elapsed s are up with work left; the next slice goes on from there"
