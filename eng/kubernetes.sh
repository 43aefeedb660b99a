#!/usr/bin/env bash
# eng/kubernetes.sh [FOLDER]: builds a kustomization (default: deploy/kubernetes/base) with kubectl and checks every object against
# the schemas that Kubernetes publishes (OpenAPI, as the npm package kubernetes-models carries them). Nothing is sent to a cluster.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in kubectl npm node; do
  command -v "$tool" >/dev/null || {
    echo "kubernetes: left out: $tool is missing"
    exit 0
  }
done
npm install --prefix artifacts/lint --silent --no-audit --no-fund --ignore-scripts kubernetes-models@5.1.0 js-yaml@4.1.1 >/dev/null
kubectl kustomize "${1:-deploy/kubernetes/base}" | node eng/kubernetes.mjs artifacts/lint/node_modules
