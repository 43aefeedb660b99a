#!/usr/bin/env bash
# eng/publish-gpu.sh [FILE]: what a bare Linux machine with an NVIDIA GPU and a Python with PyTorch needs for eng/gpu-check.sh and to run a plan: the CLI with
# .NET inside and without libtorch, which is taken from that PyTorch. At most 60 MB (default: artifacts/medbench-gpu.tar.gz).
set -euo pipefail
cd "$(dirname "$0")/.."
file="${1:-artifacts/medbench-gpu.tar.gz}"
folder="artifacts/medbench-gpu"
rm -rf "$folder"
dotnet publish src/MedBench.Cli -c Release -r linux-x64 --self-contained -p:TorchPackage=TorchSharp -p:DebugType=none -v quiet -o "$folder"
cp eng/gpu-check.sh eng/medbench-on-pytorch.sh "$folder/"
tar -C artifacts -czf "$file" medbench-gpu
size=$(wc -c < "$file")
echo "$file: $((size / 1000000)) MB"
if [ "$size" -gt 60000000 ]; then
  echo "publish-gpu: $file is over 60 MB" >&2
  exit 1
fi
