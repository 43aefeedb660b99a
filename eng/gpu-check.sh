#!/usr/bin/env bash
# eng/gpu-check.sh [--device cuda|cpu] [--quick] [--out FOLDER] [--python PYTHON] [--medbench COMMAND] [--limit SECONDS]
# In at most nine minutes (--limit 540): does MedBenchRepro compute on this GPU what it should, and how fast? For a bare Linux machine with an NVIDIA GPU and a
# Python with PyTorch 2.10 or 2.11, without network and .NET: unpack what eng/publish-gpu.sh made and start the copy of this script in it.
# Data and weights: MEDMNIST_ROOT and MEDBENCH_WEIGHTS. Writes FOLDER/gpu-check.json, gpu-check.md, the log of each part and all records.
# Every part has its own time box, of what is left at most, and keeps what it has; one that fails never stops the next.
# --device cpu --quick is its rehearsal.
set -uo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
device=cuda quick=0 out=gpu-check python=python3 medbench="" limit=540
while [ "$#" -gt 0 ]; do
  case "$1" in
    --device) device="$2"; shift 2 ;;
    --quick) quick=1; shift ;;
    --out) out="$2"; shift 2 ;;
    --python) python="$2"; shift 2 ;;
    --medbench) medbench="$2"; shift 2 ;;
    --limit) limit="$2"; shift 2 ;;
    *) echo "gpu-check: $1 is not known; see the first lines of $0" >&2; exit 1 ;;
  esac
done
mkdir -p "$out"
out="$(cd "$out" && pwd)"
: > "$out/parts.tsv"

if [ -z "$medbench" ]; then
  export PYTHON="$python"
  medbench="$here/medbench-on-pytorch.sh"
  "$medbench" --version > "$out/version.log" 2>&1 || { cat "$out/version.log" >&2; exit 1; }
fi

# part NAME SECONDS COMMAND…: runs it within its time box and notes how it ended.
part() {
  local name="$1" box="$2" left=$((limit - SECONDS)) start status
  shift 2
  [ "$box" -le "$left" ] || box=$left
  if [ "$box" -lt 2 ]; then
    : > "$out/$name.out"
    echo "not started: the $limit s of --limit are over" > "$out/$name.log"
    printf '%s\t124\t0\t0\n' "$name" >> "$out/parts.tsv"
    echo "$name: not started, the time of all parts is over"
    return
  fi
  start=$(date +%s.%N)
  timeout --signal=TERM --kill-after=20 "$box" "$@" > "$out/$name.out" 2> "$out/$name.log"
  status=$?
  printf '%s\t%s\t%s\t%s\n' "$name" "$status" "$(awk "BEGIN { print $(date +%s.%N) - $start }")" "$box" >> "$out/parts.tsv"
  echo "$name: $([ "$status" -eq 124 ] && echo "its time box of $box s ended it" || echo "exit code $status")"
}

results="$out/results"
# One word is a program, more are a command with its first arguments.
read -r -a medbench <<< "$medbench"
probe=(run --dataset breastmnist --size 28 --model resnet20.cntk_in1k --recipe wu2025 --method linear-probing --seeds 0)
train=(run --model resnet20.cntk_in1k --recipe doerrich2025 --method end-to-end --size 28)
if [ "$quick" -eq 1 ]; then
  models=(--model resnet18.cifar) bench=(--model resnet18.cifar --batch 2 --seconds 0.1) large=(--model resnet18.cifar --input-size 56 --batch 1 --seconds 0.1)
  probe=(run --dataset breastmnist --size 28 --model resnet20.cntk_in1k --recipe wu2025-laptop --method linear-probing/frozen-statistics --subset 4-shot --seeds 0)
  train=(run --model resnet18.cifar --recipe demo --method from-scratch --size 16 --subset 4-shot --seeds 0)
  # Time is not what is rehearsed: only a part that hangs is ended.
  boxes=(60 90 90 90 3 180 60) datasets=(synthetic) memory=(--model resnet18.cifar --batch 2 --seconds 0.1)
else
  models=(--all) bench=(--model resnet18.a1_in1k vit_base_patch16_224.augreg2_in21k_ft_in1k --input-size 224 --batch 32 --seconds 1)
  large=(--model vit_base_patch14_dinov2.lvd142m --input-size 518 --batch 8 --seconds 1)
  boxes=(30 150 110 100 25 60 30) datasets=(breastmnist retinamnist pneumoniamnist) memory=(--model resnet18.a1_in1k --batch 4096 --input-size 1024 --seconds 1)
fi
peer=()
if "$python" -c 'import torch, numpy' 2> /dev/null; then
  peer=(--peer)
  # medbench looks for a python3 on the path; it is to be this one.
  mkdir -p "$out/bin"
  printf '#!/usr/bin/env bash\nexec %q "$@"\n' "$(command -v "$python")" > "$out/bin/python3"
  chmod +x "$out/bin/python3"
  PATH="$out/bin:$PATH"
fi

part doctor "${boxes[0]}" "${medbench[@]}" doctor
part parity "${boxes[1]}" "${medbench[@]}" bench "${models[@]}" --only parity --batch 2 --device "$device" --json
if command -v nvidia-smi > /dev/null; then nvidia-smi --query-gpu=utilization.gpu,memory.used --format=csv,noheader,nounits -lms 500 > "$out/gpu.csv" 2> /dev/null & watcher=$!; fi
part bench-224 "${boxes[2]}" "${medbench[@]}" bench "${bench[@]}" --only forward step "${peer[@]}" --device "$device" --json
part bench-518 "${boxes[2]}" "${medbench[@]}" bench "${large[@]}" --only forward step "${peer[@]}" --device "$device" --json
# More than any card has, on purpose: one clear error, and what comes after works.
part out-of-memory "${boxes[6]}" "${medbench[@]}" bench "${memory[@]}" --only step --device "$device" --json
part after-it "${boxes[0]}" "${medbench[@]}" doctor
part probe "${boxes[3]}" "${medbench[@]}" "${probe[@]}" --device "$device" --results "$results" --json
# Killed once in the middle; the same command goes on from its checkpoint.
export MEDBENCH_CHECKPOINT_SECONDS=5
part train-killed "${boxes[4]}" "${medbench[@]}" "${train[@]}" --dataset "${datasets[0]}" --device "$device" --results "$results" --json
for dataset in "${datasets[@]}"; do part "train-$dataset" "${boxes[5]}" "${medbench[@]}" "${train[@]}" --dataset "$dataset" --device "$device" --results "$results" --json; done
[ -n "${watcher:-}" ] && kill "$watcher" 2> /dev/null
[ -d "$results" ] && part verify "${boxes[0]}" "${medbench[@]}" verify "$results"

"$python" - "$out" "$device" "$quick" <<'PY'
import json, pathlib, sys
out, device, quick = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "1"
parts = []
for line in (out / "parts.tsv").read_text().splitlines():
    name, status, seconds, box = line.split("\t")
    text = (out / f"{name}.out").read_text()
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    last = (out / f"{name}.log").read_text().strip().splitlines()[-3:]
    parts.append({"name": name, "exitCode": int(status), "seconds": round(float(seconds), 1), "timeBox": int(box), "stopped": int(status) in (124, 137), "data": data, "log": last})
busy = None
if (out / "gpu.csv").exists():
    rows = [line.split(",") for line in (out / "gpu.csv").read_text().splitlines() if line.count(",") == 1]
    shares = sorted(float(row[0]) for row in rows)
    if shares:
        busy = {"samples": len(shares), "meanPercent": round(sum(shares) / len(shares), 1), "peakMemoryMiB": max(float(row[1]) for row in rows)}
figures = [(p["name"], f) for p in parts if isinstance(p["data"], dict) for f in p["data"].get("figures", [])]
syncs = {f"{f['work']['subject']} at {f['work']['size']} px": f["hostSyncsPerStep"] for _, f in figures if f.get("hostSyncsPerStep") is not None} or None
(out / "gpu-check.json").write_text(json.dumps({"schema": 1, "device": device, "quick": quick, "parts": parts, "gpuBusy": busy, "hostSyncsPerStep": syncs}, indent=2) + "\n")
lines = [f"# gpu-check on {device}{' (quick: a rehearsal, no figures)' if quick else ''}", "", "| part | ended | seconds | of |", "|---|---|---|---|"]
for p in parts:
    lines.append(f"| {p['name']} | {'by its time box' if p['stopped'] else 'exit code ' + str(p['exitCode'])} | {p['seconds']} | {p['timeBox']} |")
if figures:
    lines += ["", "| part | work | of | px | batch | here | unit | PyTorch's time over ours | remark |", "|---|---|---|---|---|---|---|---|---|"]
    for name, f in figures:
        ratio = f.get("ratio")
        lines.append(f"| {name} | {f['work']['name']} | {f['work']['subject']} | {f['work'].get('size', '')} | {f['work'].get('batch', '')} | {f['value']:.4g} | {f['unit']} | {'' if ratio is None else format(ratio, '.2f')} | {f.get('remark', '')} |")
lines += ["", f"GPU busy (nvidia-smi, twice a second over bench, probe and training): {busy or 'not measured'}. Host synchronisations a step (libtorch's own count, ten steps): {syncs or 'not measured'}.", ""]
for p in parts:
    if p["exitCode"] and not p["stopped"]:
        lines += [f"{p['name']}: " + " / ".join(p["log"])]
(out / "gpu-check.md").write_text("\n".join(lines) + "\n")
print((out / "gpu-check.md").read_text())
PY
