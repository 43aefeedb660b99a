using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Store;

public sealed class StoreMergeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Merge_TwoStores_HoldsEveryRunWholeAndOnce()
    {
        Save("a", 0, 1);
        Save("b", 1, 2);
        Assert.Equal((3, 1, 0), Merge("a", "b"));
        Assert.Equal([0L, 1L, 2L], new ResultsStore(_folder.File("into")).All().Select(r => r.Spec.Seed).Order());
        foreach (string file in Directory.GetFiles(new ResultsStore(_folder.File("a")).PathOf(Samples.Spec(0))))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(new ResultsStore(_folder.File("into")).PathOf(Samples.Spec(0)), Path.GetFileName(file))));
        Assert.Equal((0, 4, 0), Merge("a", "b"));
    }

    [Fact]
    public void Merge_OtherTimesAndMachine_IsNoConflict()
    {
        Save("a", 0);
        var output = Samples.Output(Samples.Spec(0));
        new ResultsStore(_folder.File("b")).Save(output with { Result = output.Result with { FinishedUtc = default, PeakMemoryBytes = 1, Seconds = new Dictionary<string, double>(), Environment = output.Result.Environment with { Cpu = "another" } } });
        Assert.Equal((1, 1, 0), Merge("a", "b"));
    }

    [Fact]
    public void Merge_OtherMetrics_IsAConflictThatNamesBothAndOverwritesNothing()
    {
        Save("a", 0);
        var output = Samples.Output(Samples.Spec(0));
        var test = output.Result.Metrics["test"];
        new ResultsStore(_folder.File("b")).Save(output with { Result = output.Result with { Metrics = new Dictionary<string, SplitResult> { ["test"] = test with { Acc = test.Acc + 1e-15 } } } });
        Save("b", 1);
        var report = new StoreMerge(_folder.File("into")).Merge([_folder.File("a"), _folder.File("b")]);
        var conflict = Assert.Single(report.Conflicts);
        Assert.Equal((2, 0), (report.Copied, report.Present));
        Assert.Equal((Path.Combine(_folder.File("a"), output.Result.Id), Path.Combine(_folder.File("b"), output.Result.Id)), (conflict.Kept, conflict.Other));
        Assert.StartsWith("metrics of test: ACC ", conflict.Difference, StringComparison.Ordinal);
        Assert.Equal(test.Acc, new ResultsStore(_folder.File("into")).Find(Samples.Spec(0))!.Metrics["test"].Acc);
    }

    [Fact]
    public void Merge_OtherPredictions_IsAConflict()
    {
        Save("a", 0);
        var output = Samples.Output(Samples.Spec(0));
        var p = output.Predictions[0];
        new ResultsStore(_folder.File("b")).Save(output with { Predictions = [p with { Scores = [.. p.Scores.Select(s => MathF.BitIncrement(s))] }] });
        Assert.Equal("predictions.npz", Assert.Single(new StoreMerge(_folder.File("into")).Merge([_folder.File("a"), _folder.File("b")]).Conflicts).Difference);
    }

    [Fact]
    public void Merge_NoFolder_SaysSo() => Assert.Contains("none is no folder", Assert.Throws<MedBenchException>(() => Merge("none")).Message, StringComparison.Ordinal);

    // What a workflow makes of one shard whose artifact is unpacked without its folder: a green job that merged nothing.
    [Fact]
    public void Merge_ASourceThatIsARunOrHoldsNone_IsRefusedBeforeAnythingIsCopied()
    {
        Save("a", 0);
        string run = Path.Combine(_folder.File("a"), Samples.Spec(0).Id);
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.StartsWith($"{run} is the folder of one run", Assert.Throws<MedBenchException>(() => new StoreMerge(_folder.File("into")).Merge([_folder.File("a"), run])).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.File("empty")} holds no runs", Assert.Throws<MedBenchException>(() => Merge("a", "empty")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("into")));
    }

    [Fact]
    public void Merge_ARecordOfAnotherRun_IsRefusedAndNotCopied()
    {
        Save("a", 0);
        string folder = Path.Combine(_folder.File("a"), Samples.Spec(0).Id);
        _folder.Write($"a/{Samples.Spec(0).Id}/result.json", Encoding.UTF8.GetBytes(StrictJson.Write(Samples.Output(Samples.Spec(1)).Result)));
        Assert.Contains(folder, Assert.Throws<MedBenchException>(() => Merge("a")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("into")));
    }

    private void Save(string store, params long[] seeds)
    {
        foreach (long seed in seeds) new ResultsStore(_folder.File(store)).Save(Samples.Output(Samples.Spec(seed)));
    }

    private (int Copied, int Present, int Conflicts) Merge(params string[] stores)
    {
        var report = new StoreMerge(_folder.File("into")).Merge(stores.Select(_folder.File));
        return (report.Copied, report.Present, report.Conflicts.Count);
    }
}
