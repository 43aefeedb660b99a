using MedBench.Reporting.Live;
using MedBench.Runs.Store;
using MedBench.Tests.Runs.Store;

namespace MedBench.Tests.Reporting.Live;

public sealed class LiveReaderTests : IDisposable
{
    private readonly TestFolder _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Read_GridUnderWay_SaysWhatIsDoneAndWhatIsLeft()
    {
        SampleProgress.Fill(_store, DateTimeOffset.UtcNow);
        var snapshot = new LiveReader(_store.Path).Read();

        var grid = Assert.Single(snapshot.Grids);
        // A quarter of the estimate took 200 s, so three quarters take 600 s.
        Assert.Equal((40, 10, 600.0, false), (grid.Status.Cells, grid.Status.Done, Math.Round(grid.SecondsLeft, 6), grid.IsStale));
        var run = Assert.Single(snapshot.Running, r => !r.IsStale);
        Assert.Equal((2L, 140.0), (run.Status.Seed, Math.Round(run.SecondsLeft!.Value, 6)));
        Assert.Equal(1, snapshot.FinishedCount);
        Assert.Equal(Samples.Spec(1).Id, Assert.Single(snapshot.Finished).Id);
    }

    [Fact]
    public void Read_NoHeartbeat_IsStale()
    {
        SampleProgress.Fill(_store, DateTimeOffset.UtcNow);

        var stale = Assert.Single(new LiveReader(_store.Path).Read().Running, r => r.IsStale);
        Assert.Equal(3, stale.Status.Seed);
        Assert.InRange(stale.SecondsSilent, 299, 400);
    }

    [Fact]
    public void Read_RunThatFinished_IsNoLongerUnderWay()
    {
        SampleProgress.Fill(_store, DateTimeOffset.UtcNow);
        var reader = new LiveReader(_store.Path);
        Assert.Equal(2, reader.Read().Running.Count);

        new ResultsStore(_store.Path).Save(Samples.Output(Samples.Spec(2)));
        var snapshot = reader.Read();

        Assert.Equal(3, Assert.Single(snapshot.Running).Status.Seed);
        Assert.Equal(2, snapshot.FinishedCount);
    }

    [Fact]
    public void Read_DamagedRecord_IsCountedAndDoesNotStopTheView()
    {
        SampleProgress.Fill(_store, DateTimeOffset.UtcNow);
        _store.Write("0123456789abcdef/result.json", "{"u8);
        var snapshot = new LiveReader(_store.Path).Read();

        Assert.Equal((1, 1), (snapshot.FinishedCount, snapshot.Unreadable));
    }

    [Fact]
    public void Read_NoStoreYet_IsEmpty()
    {
        var snapshot = new LiveReader(_store.File("not-there")).Read();

        Assert.Equal((0, 0), (snapshot.FinishedCount, snapshot.Running.Count));
        Assert.False(Directory.Exists(_store.File("not-there")));
    }
}
