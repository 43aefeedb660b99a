using MedBench.Runs.Progress;
using MedBench.Runs.Store;
using MedBench.Tests.Runs.Store;
using MedBench.Training.Engine;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Progress;

public sealed class RunBeaconTests : IDisposable
{
    private static readonly TimeSpan s_quickly = TimeSpan.FromMilliseconds(5);
    private readonly TestFolder _store = new();
    private readonly RunSpec _spec = Samples.Spec(7);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Run_UnderWay_IsSeenFromOutsideAndGoneAtItsEnd()
    {
        var folder = new ProgressFolder(_store.Path);
        var listener = new Listener();
        using (var beacon = new RunBeacon(_store.Path, _spec, listener, s_quickly))
        {
            beacon.Report(Stage(120, 0.25, new EpochRecord(0, 0.5, 0.4, 0.75, null)));
            var status = WaitFor(() => folder.ReadRuns().SingleOrDefault(r => r.Done == 120));

            Assert.Equal((_spec.Id, _spec.Model, 7L, 1000L), (status.Id, status.Model, status.Seed, status.Total));
            Assert.Equal(new TrainingStatus(2, 10, 0.25, 0.4, 0.75, null), status.Training);
            Assert.Equal(["the loss grows"], status.Warnings);
            Assert.Equal(120, Assert.Single(listener.Heard).Done);
        }
        Assert.Empty(folder.ReadRuns());
        Assert.Empty(Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Run_Silent_KeepsItsHeartbeat()
    {
        var folder = new ProgressFolder(_store.Path);
        using var beacon = new RunBeacon(_store.Path, _spec, interval: s_quickly);
        var first = WaitFor(() => folder.ReadRuns().SingleOrDefault());

        Assert.True(WaitFor(() => folder.ReadRuns().SingleOrDefault(r => r.UpdatedUtc > first.UpdatedUtc)).UpdatedUtc > first.UpdatedUtc);
    }

    [Fact]
    public void Report_NoReadingYet_IsNotANumberOfTheFile()
    {
        using var beacon = new RunBeacon(_store.Path, _spec, interval: s_quickly);
        beacon.Report(Stage(0, double.NaN, null));

        Assert.Null(WaitFor(() => new ProgressFolder(_store.Path).ReadRuns().SingleOrDefault(r => r.Training is not null)).Training!.Loss);
    }

    [Fact]
    public void SecondsLeft_ResumedRun_CountsOnlyWhatWasDoneSince()
    {
        var clock = new Clock();
        using var beacon = new RunBeacon(_store.Path, _spec, clock: clock);
        beacon.Report(Stage(500, double.NaN, null));
        Assert.Null(beacon.Current.SecondsLeft);

        clock.Now += TimeSpan.FromSeconds(10);
        beacon.Report(Stage(600, 0.5, null));

        Assert.Equal(40, beacon.Current.SecondsLeft!.Value, 6);
    }

    [Fact]
    public void Folder_ThatCannotBeWritten_DoesNotDisturbTheRun()
    {
        string file = _store.Write("a-file", "x"u8);
        using var beacon = new RunBeacon(file, _spec, interval: s_quickly);
        beacon.Report(Stage(1, 0.5, null));

        Assert.Equal(1, beacon.Current.Done);
    }

    [Fact]
    public void Read_FilesOfOthers_ArePassedOver()
    {
        var folder = new ProgressFolder(_store.Path);
        _store.Write(".progress/runs/half.json", "{\"id\":"u8);
        _store.Write(".progress/runs/newer.json", "{\"whatIsThis\": 1}"u8);

        Assert.Empty(folder.ReadRuns());
        Assert.Empty(folder.ReadGrids());
    }

    private static RunStage Stage(long done, double loss, EpochRecord? last) =>
        new("training", done, 1000, new TrainingProgress(1, 10, done, 1000, loss, last, ["the loss grows"]));

    private static T WaitFor<T>(Func<T?> look) where T : class
    {
        for (var patience = TimeSpan.FromSeconds(30); patience > TimeSpan.Zero; patience -= s_quickly)
        {
            if (look() is { } found) return found;
            Thread.Sleep(s_quickly);
        }
        throw new TimeoutException("nothing was written");
    }

    private sealed class Listener : IProgress<RunStage>
    {
        internal List<RunStage> Heard { get; } = [];

        public void Report(RunStage value) => Heard.Add(value);
    }

    private sealed class Clock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
