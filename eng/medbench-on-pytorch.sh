#!/usr/bin/env bash
# medbench-on-pytorch.sh ARGUMENTS…: medbench with the libtorch of a Python's PyTorch, where there is neither .NET nor NuGet nor network. It stands beside the
# program that eng/publish-gpu.sh packs, and links that libtorch there once. PYTHON names the Python (default: python3); its PyTorch is 2.10 or fits it.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
python="${PYTHON:-python3}"
lib="$("$python" -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2> /dev/null)/lib" || {
  echo "medbench-on-pytorch: $python has no PyTorch; name one that has: PYTHON=… $0" >&2
  exit 1
}
# CUDA's own libraries are where the wheels of pip keep them.
for folder in "$lib" "$lib"/../../nvidia/*/lib; do [ -d "$folder" ] && LD_LIBRARY_PATH="$folder:${LD_LIBRARY_PATH:-}"; done
export LD_LIBRARY_PATH

link() {
  local file missing
  for file in "$lib"/*.so*; do ln -sfn "$file" "$here/"; done
  # A weak version is one that nothing in the library uses: eng/PrepareLibTorchSharp.cs.
  missing="$(ldd -r "$here/libLibTorchSharp.so" 2>&1 | grep -E 'undefined symbol|not found' | grep -v 'weak version' | sort -u)" || true
  if [ -n "$missing" ]; then
    echo "medbench-on-pytorch: libLibTorchSharp.so (made for libtorch 2.10) does not fit the PyTorch in $lib:" >&2
    echo "$missing" | head -n 20 >&2
    echo "tried: the libraries of that folder, and of nvidia/*/lib beside it. Fix: a Python with PyTorch 2.10, PYTHON=… $0" >&2
    exit 1
  fi
  echo "$lib" > "$here/.pytorch"
}

# Several at once wait for the first one's links.
exec 9> "$here/.pytorch.lock"
flock 9
[ "$(cat "$here/.pytorch" 2> /dev/null)" = "$lib" ] || link
exec 9>&-
exec "$here/medbench" "$@"
