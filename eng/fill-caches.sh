#!/usr/bin/env bash
# eng/fill-caches.sh ARGUMENTS…: gets the data files and checkpoints that `medbench run ARGUMENTS…` lacks: a run itself downloads
# nothing. For example: eng/fill-caches.sh --plan plan/plan.json --shard 3, or eng/fill-caches.sh experiments/yang2023 --tier cpu.
# MEDBENCH is the command, by default medbench. What cannot be got fails it, but only after all the rest was tried.
set -uo pipefail
read -ra medbench <<< "${MEDBENCH:-medbench}"
status=0 tried=$'\n'

# A cell names only the first thing that it lacks: what is behind that shows in the next round.
while :; do
  plan="$("${medbench[@]}" run "$@" --dry-run)" || exit
  more=0
  while read -r wanted; do
    if [ -z "$wanted" ] || [[ "$tried" == *$'\n'"$wanted"$'\n'* ]]; then continue; fi
    tried+="$wanted"$'\n' more=1
    echo "fill-caches: $wanted"
    read -ra words <<< "$wanted"
    "${medbench[@]}" "${words[@]:1}" < /dev/null || status=1
  done <<< "$(grep -oE 'medbench (data get [^ ]+ --size [0-9]+|models get [^ ]+)' <<< "$plan" | sort -u)"
  [ "$more" -eq 1 ] || exit "$status"
done
