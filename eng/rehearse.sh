#!/usr/bin/env bash
# eng/rehearse.sh: walks the run: steps of reproduce.yml on this machine, with stand-ins for what GitHub does between them (caches, artifacts, matrix,
# re-runs), for one shard, for three, for one that is killed and run again, and for a second dispatch; prints a line a step.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf artifacts/test-results/rehearsal
status=0
MEDBENCH_REHEARSAL=1 dotnet test tests/MedBench.Tests --filter "FullyQualifiedName~ReproduceTests" || status=$?
cat artifacts/test-results/rehearsal/*.log
exit "$status"
