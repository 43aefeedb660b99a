#!/usr/bin/env bash
# tests/slurm/run.sh [FOLDER]: a Slurm of two nodes on this machine runs a plan of real CPU cells. One task gets SIGUSR1, as before
# its time limit, and queues itself again; one is killed by SIGKILL and is queued again; one gets SIGTERM, as when it is pre-empted.
# The merged results must equal, to the bit, those of one process. Skips where Slurm is missing: apt-get install slurm-wlm munge.
# MEDBENCH: the program (default: the debug build of this checkout).
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
for tool in slurmctld slurmd sbatch munged; do
  command -v "$tool" >/dev/null || {
    echo "slurm test: skipped: $tool is missing (apt-get install slurm-wlm munge)"
    exit 0
  }
done
[ "$(id -u)" = 0 ] || {
  echo "slurm test: skipped: slurmd starts tasks only as root"
  exit 0
}
export MEDBENCH="${MEDBENCH:-dotnet $root/artifacts/bin/MedBench.Cli/debug/medbench.dll}"
read -ra medbench <<<"$MEDBENCH"
work="${1:-$(mktemp -d)}"
mkdir -p "$work"
work="$(cd "$work" && pwd)"
cd "$work"
log() { echo "$(date -u +%T) $*" | tee -a "$work/summary.log"; }

# --- a cluster of two nodes, all in one folder ---
pids=()
stop() {
  [ -z "${job:-}" ] || scancel "$job" 2>/dev/null || true
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
}
trap stop EXIT
mkdir -p cluster/state cluster/n1 cluster/n2
chmod 755 "$work" cluster
dd if=/dev/urandom of=cluster/munge.key bs=128 count=1 status=none
chmod 400 cluster/munge.key
munged --foreground --force --key-file=cluster/munge.key --socket="$work/cluster/munge.socket" --pid-file="$work/cluster/munged.pid" --seed-file="$work/cluster/munge.seed" --log-file="$work/cluster/munged.log" &
pids+=($!)
name="$(hostname -s)"
cat >cluster/slurm.conf <<EOF
ClusterName=medbench
SlurmctldHost=$name(127.0.0.1)
SlurmUser=root
SlurmctldPort=16817
AuthType=auth/munge
# A task that is queued again waits for as long as its credential lives.
AuthInfo=socket=$work/cluster/munge.socket,cred_expire=10
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=120
MailProg=/bin/true
StateSaveLocation=$work/cluster/state
SlurmctldPidFile=$work/cluster/slurmctld.pid
SlurmctldLogFile=$work/cluster/slurmctld.log
SlurmdSpoolDir=$work/cluster/%n
SlurmdPidFile=$work/cluster/%n.pid
SlurmdLogFile=$work/cluster/%n.log
NodeName=n1 NodeHostname=$name NodeAddr=127.0.0.1 Port=16821 CPUs=4 RealMemory=4000
NodeName=n2 NodeHostname=$name NodeAddr=127.0.0.1 Port=16822 CPUs=4 RealMemory=4000
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
EOF
export SLURM_CONF="$work/cluster/slurm.conf"
sleep 2
slurmctld -D -f "$SLURM_CONF" >cluster/slurmctld.out 2>&1 &
pids+=($!)
for node in n1 n2; do
  slurmd -D -N "$node" -f "$SLURM_CONF" >"cluster/$node.out" 2>&1 &
  pids+=($!)
done
for _ in $(seq 60); do
  [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" = 2 ] && break
  sleep 1
done
log "slurm $(sinfo --version | cut -d' ' -f2), nodes: $(sinfo -h -N -o '%N %T' | tr '\n' ';')"

# --- the plan ---
export MEDBENCH_CACHE="$work/cache" MEDMNIST_ROOT="$work/data" HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1 MEDBENCH_CHECKPOINT_SECONDS=2
sed "s#@RECIPE@#$here/recipe.yaml#" "$here/experiment.yaml" >experiment.yaml
"${medbench[@]}" plan experiment.yaml --shards 4 --format slurm --device cpu --out plan --results none | tee -a summary.log

# --- the array ---
export RESULTS="$work/shard-%a"
cd plan
job="$(sbatch --parsable --export=ALL medbench.sbatch)"
cd ..
log "array $job submitted"
trained() { # Waits until a shard has saved a checkpoint, and so is in the middle of a run.
  for _ in $(seq 1200); do
    compgen -G "$work/shard-$1/.checkpoints/*.safetensors" >/dev/null && return
    sleep 0.5
  done
  log "shard $1 never saved a checkpoint"
  exit 1
}
ended() { # ended JOB_TASK STATE…: waits for a state.
  for _ in $(seq 1200); do
    local state
    state="$(scontrol -o show job "$1" | grep -o 'JobState=[A-Z]*' | cut -d= -f2)"
    for wanted in "${@:2}"; do [ "$state" = "$wanted" ] && return; done
    sleep 0.5
  done
  log "task $1 stays $state"
  exit 1
}
trained 1
# Slurm answers for the whole array, "try again later", and would signal again and again: once is enough.
timeout 2 scancel --signal=USR1 --batch "${job}_1" 2>/dev/null || true
log "task 1: SIGUSR1 to its script, as before a time limit"
trained 2
pid="$(pgrep -f -- "--shard 2 --results $work/shard-2" | head -1)"
kill -KILL "$pid"
log "task 2: SIGKILL to medbench (process $pid)"
ended "${job}_2" FAILED
scontrol requeue "${job}_2"
log "task 2: failed, queued again by scontrol"
trained 3
scontrol requeue "${job}_3"
log "task 3: queued again by Slurm while it ran (SIGTERM), as when it is pre-empted"
for task in 1 2 3 4; do ended "${job}_$task" COMPLETED; done
for task in 1 2 3 4; do
  log "task $task: $(scontrol -o show job "${job}_$task" | grep -oE '(JobState|Restarts|ExitCode|RunTime| NodeList)=[^ ]*' | tr '\n' ' ')"
  grep -E '^shard|stopped' "plan/medbench-${job}_$task.log" | sed 's/^/         /' | tee -a summary.log
done

# --- the same by one process, and the comparison ---
"${medbench[@]}" merge shard-1 shard-2 shard-3 shard-4 --into merged | tee -a summary.log
"${medbench[@]}" run experiment.yaml --results single --device cpu >single.log 2>&1
log "one process: $(find single -name result.json | wc -l) runs"
"${medbench[@]}" merge single --into merged | tee merge.log | tee -a summary.log
runs="$(find single -name result.json | wc -l)"
grep -q ": 0 runs copied, $runs there already, 0 in conflict" merge.log
[ "$runs" -gt 0 ]
for run in single/*/; do cmp "$run/predictions.npz" "merged/$(basename "$run")/predictions.npz"; done
log "metrics, evaluations and predictions of all $runs runs are equal to the bit"
