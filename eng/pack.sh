#!/usr/bin/env bash
# eng/pack.sh VERSION FOLDER [SYSTEM…]: the dotnet tool: MedBenchRepro.VERSION.nupkg, which `dotnet tool install` asks for, and one package
# for each system (default: all) with its libtorch, of which it fetches the right one. Schemas go beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
version="$1"
mkdir -p "$2"
folder="$(cd "$2" && pwd)"
shift 2
[ "$#" -gt 0 ] || set -- linux-x64 win-x64 osx-arm64
# The package that points to the others, alone; each of those is restored for itself, since the version of TorchSharp differs by system.
dotnet pack src/MedBench.Cli -c Release -p:PackMedBench=true -p:_InnerToolsPublishAot=true "-p:Version=$version" -o "$folder"
for system in "$@"; do
  dotnet pack src/MedBench.Cli -c Release -r "$system" -p:PackMedBench=true "-p:Version=$version" -o "$folder"
done
if [ -d schemas ]; then tar -czf "$folder/medbench-schemas-$version.tar.gz" schemas; fi
# The public feeds take packages up to 250 MB.
for package in "$folder"/*.nupkg; do
  size=$(wc -c < "$package")
  echo "$(basename "$package"): $((size / 1000000)) MB"
  if [ "$size" -gt 250000000 ]; then
    echo "pack: $package is over the feed's limit of 250 MB" >&2
    exit 1
  fi
done
