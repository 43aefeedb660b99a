#!/usr/bin/env bash
# eng/pack.sh VERSION FOLDER: the dotnet tool: MedBenchRepro.VERSION.nupkg, which `dotnet tool install` asks for, and one package
# for each system with its libtorch, of which it fetches the right one. Schemas go beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
version="$1"
mkdir -p "$2"
folder="$(cd "$2" && pwd)"
dotnet pack src/MedBench.Cli -c Release -p:PackMedBench=true "-p:Version=$version" -o "$folder"
if [ -d schemas ]; then tar -czf "$folder/medbench-schemas-$version.tar.gz" schemas; fi
# nuget.org takes packages up to 250 MB.
for package in "$folder"/*.nupkg; do
  size=$(wc -c < "$package")
  echo "$(basename "$package"): $((size / 1000000)) MB"
  if [ "$size" -gt 250000000 ]; then
    echo "pack: $package is over nuget.org's limit of 250 MB" >&2
    exit 1
  fi
done
