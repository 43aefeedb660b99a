#!/usr/bin/env bash
# run.sh [K…]: runs shards of the plan beside it one after the other, all @SHARDS@ without arguments. Call it again after any stop:
# finished runs are not run again. Copies of it may run side by side on one results folder.
# MEDBENCH: the program (default: medbench). RESULTS: folder of results (default: results).
set -uo pipefail
plan="$(cd "$(dirname "$0")" && pwd)/plan.json"
worst=0
read -ra medbench <<<"${MEDBENCH:-medbench}"
# In words that bash 3.2 of macOS knows.
# shellcheck disable=SC2046
[ "$#" -gt 0 ] || set -- $(seq 1 @SHARDS@)
for shard in "$@"; do
  "${medbench[@]}" run --plan "$plan" --shard "$shard" --results "${RESULTS:-results}" --device @DEVICE@
  status=$?
  case "$status" in 75 | 130) exit "$status" ;; esac
  [ "$status" -le "$worst" ] || worst="$status"
done
exit "$worst"
