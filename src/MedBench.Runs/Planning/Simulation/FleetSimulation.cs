namespace MedBench.Runs.Planning.Simulation;

/// <summary>Replays shards on a fleet, event by event. Workers take shards in order; a shard whose worker failed goes to the back of the queue and on from its last checkpoint.</summary>
/// <param name="fleet">The workers.</param>
/// <param name="nextFailure">Seconds of work until a worker's next failure, drawn whenever one takes up a shard.</param>
public sealed class FleetSimulation(Fleet fleet, Func<double> nextFailure)
{
    /// <summary>A simulation with failures drawn from a seed.</summary>
    public FleetSimulation(Fleet fleet, int seed)
        : this(fleet, Exponential(new Random(seed), fleet.FailuresPerHour / 3600))
    {
    }

    /// <summary>Plays until every shard is done.</summary>
    /// <param name="shards">Seconds of each shard, in the order in which they are taken.</param>
    public FleetOutcome Play(IEnumerable<double> shards)
    {
        fleet.Check();
        var waiting = new Queue<double>(shards);
        double work = waiting.Sum(), lost = 0, end = 0;
        int failures = 0;
        var idle = new SortedSet<int>(Enumerable.Range(0, fleet.Workers));
        // What happens when, in order of time and then of coming about: a worker is free, or a rest of a shard comes back.
        var events = new PriorityQueue<(int? Worker, double Left), (double Time, int Number)>();
        int number = 0;
        void At(double time, int? worker, double rest) => events.Enqueue((worker, rest), (time, number++));
        double now = 0;
        while (waiting.Count > 0 || events.Count > 0)
        {
            while (waiting.Count > 0 && idle.Count > 0)
            {
                int worker = idle.Min;
                idle.Remove(worker);
                double rest = waiting.Dequeue(), failure = nextFailure();
                if (failure >= rest)
                {
                    end = Math.Max(end, now + rest);
                    At(now + rest, worker, 0);
                    continue;
                }
                double kept = fleet.CheckpointSeconds > 0 ? Math.Floor(failure / fleet.CheckpointSeconds) * fleet.CheckpointSeconds : failure;
                lost += failure - kept;
                failures++;
                At(now + failure, null, rest - kept);
                At(now + failure + fleet.RestartSeconds, worker, 0);
            }
            events.TryDequeue(out var next, out var at);
            now = at.Time;
            if (next.Worker is { } free) idle.Add(free);
            else waiting.Enqueue(next.Left);
        }
        return new FleetOutcome(end, work, lost, failures, fleet.Workers);
    }

    private static Func<double> Exponential(Random random, double perSecond) =>
        perSecond == 0 ? () => double.PositiveInfinity : () => -Math.Log(1 - random.NextDouble()) / perSecond;
}
