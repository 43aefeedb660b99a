#!/usr/bin/env bash
# eng/earlier-results.sh NAME FOLDER: fetches the newest artifact called NAME that any run of this repository's workflows has kept (needs
# GH_TOKEN with actions: read, and GH_REPO), so that what an earlier dispatch computed is not computed again. None is no error.
set -euo pipefail
name="$1" folder="$2"
run="$(gh api "repos/$GH_REPO/actions/artifacts?name=$name&per_page=20" --jq '[.artifacts[] | select(.expired | not)] | sort_by(.created_at) | last | .workflow_run.id // empty')"
if [ -z "$run" ]; then
  echo "earlier-results: no $name is kept: everything is computed"
  exit 0
fi
echo "earlier-results: $name of run $run"
gh run download "$run" --repo "$GH_REPO" --name "$name" --dir "$folder"
