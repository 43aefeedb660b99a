using MedBench.Core.Errors;
using MedBench.Runs.Planning.Simulation;

namespace MedBench.Tests.Runs.Planning;

public sealed class FleetSimulationTests
{
    // Worker 1 takes 4, worker 2 takes 3 and is free first for the last 3: 6 in all, 10 of 12 worker seconds used.
    [Fact]
    public void Play_WithoutFailures_IsAListSchedule()
    {
        var outcome = new FleetSimulation(new Fleet(2), seed: 0).Play([4, 3, 3]);
        Assert.Equal(new FleetOutcome(6, 10, 0, 0, 2), outcome);
        Assert.Equal(10.0 / 12, outcome.Utilisation, 12);
    }

    // One worker, 100 s of work, a checkpoint every 10 s. It fails after 25 s: 20 are kept, 5 lost, 7 to start again. The other 80 s
    // fail after 33: 30 kept, 3 lost, 7 to start again. The last 50 end well: 25 + 7 + 33 + 7 + 50 = 122.
    [Fact]
    public void Play_Failures_LoseWhatCameAfterTheLastCheckpoint()
    {
        var failures = new Queue<double>([25, 33, double.PositiveInfinity]);
        Assert.Equal(new FleetOutcome(122, 100, 8, 2, 1), new FleetSimulation(new Fleet(1, 1, CheckpointSeconds: 10, RestartSeconds: 7), failures.Dequeue).Play([100]));
    }

    // Two workers, 10 s each; the first fails after 4 (all lost), and is back at 14. The second is free at 10 and takes the 10 s again.
    [Fact]
    public void Play_AFailedShard_GoesToWhoeverIsFreeFirst()
    {
        var failures = new Queue<double>([4, double.PositiveInfinity, double.PositiveInfinity]);
        Assert.Equal(new FleetOutcome(20, 20, 4, 1, 2), new FleetSimulation(new Fleet(2, 1, CheckpointSeconds: 60, RestartSeconds: 10), failures.Dequeue).Play([10, 10]));
    }

    // A memoryless worker that fails at rate r while it works 3,600 s fails r times on average: 1 an hour, 4,000 shards.
    [Fact]
    public void Play_AnHourAtOneFailurePerHour_FailsOnceOnAverage()
    {
        var outcome = new FleetSimulation(new Fleet(50, 1, CheckpointSeconds: 0, RestartSeconds: 0), seed: 1).Play(Enumerable.Repeat(3600d, 4000));
        Assert.InRange(outcome.Failures / 4000.0, 0.95, 1.05);
        Assert.Equal(0, outcome.Lost);
        Assert.Equal(outcome, new FleetSimulation(new Fleet(50, 1, CheckpointSeconds: 0, RestartSeconds: 0), seed: 1).Play(Enumerable.Repeat(3600d, 4000)));
    }

    [Fact]
    public void Play_NoWork_TakesNoTime() => Assert.Equal(0, new FleetSimulation(new Fleet(3), 0).Play([]).Makespan);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Play_WrongFleet_IsRefused(int workers, double failures) =>
        Assert.Throws<MedBenchException>(() => new FleetSimulation(new Fleet(workers, failures), () => 1).Play([1]));
}
