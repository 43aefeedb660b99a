using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Store;

public sealed class RecordCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Of_RecordsOfTheRepository_AreVerified()
    {
        var checks = new RecordsSource(Repository.Measured).Runs().Select(RecordCheck.Of).ToList();

        Assert.All(checks.Where(c => c.Run.PredictionsPath is not null), c => Assert.Equal((RecordOutcome.Verified, ""), (c.Outcome, string.Join("; ", c.Details))));
        Assert.True(checks.Count(c => c.Outcome == RecordOutcome.Verified) >= 14);
    }

    // Four images, three of them right; changed by hand to all.
    [Fact]
    public void Of_AccuracyChangedByHand_DiffersAndIsRefusedByTheStore()
    {
        var store = Edited(r => r with { Metrics = r.Metrics.ToDictionary(m => m.Key, m => m.Value with { Acc = 0.99 }) });

        var check = RecordCheck.Of(new StoreSource(store.Folder).Runs().Single());

        Assert.Equal(RecordOutcome.Differs, check.Outcome);
        Assert.Contains("the record says ACC 99.00 %, its predictions give", check.Details[0]);
        Assert.Contains("99.00 %", Assert.Throws<MedBenchException>(() => store.GetOrRun(Samples.Spec(), () => throw new InvalidOperationException())).Message);
        Assert.Throws<MedBenchException>(() => RecordCheck.Verified(new StoreSource(store.Folder).Runs()).ToList());
    }

    [Fact]
    public void Of_ConfusionChangedByHand_Differs() => Assert.Contains(
        "confusion", RecordCheck.Of(new StoreSource(Edited(r => r with { Metrics = r.Metrics.ToDictionary(m => m.Key, m => m.Value with { Confusion = [[4, 0], [0, 0]] }) }).Folder).Runs().Single()).Details[0]);

    [Fact]
    public void Of_DamagedPredictions_Differs()
    {
        var store = Edited(r => r);
        string path = Path.Combine(store.PathOf(Samples.Spec()), PredictionsFile.Name);
        byte[] bytes = File.ReadAllBytes(path);
        AtomicFile.Write(path, stream => stream.Write(bytes.AsSpan(0, bytes.Length / 2)));

        Assert.Equal(RecordOutcome.Differs, RecordCheck.Of(new StoreSource(store.Folder).Runs().Single()).Outcome);
    }

    [Fact]
    public void Of_NoPredictions_IsUnverifiedAndSaysSo()
    {
        var store = Edited(r => r);
        File.Delete(Path.Combine(store.PathOf(Samples.Spec()), PredictionsFile.Name));

        var check = RecordCheck.Of(new StoreSource(store.Folder).Runs().Single());

        Assert.Equal((RecordOutcome.Unverified, "no predictions beside it"), (check.Outcome, check.Details.Single()));
    }

    public void Dispose() => _folder.Dispose();

    private ResultsStore Edited(Func<RunResult, RunResult> edit)
    {
        var store = new ResultsStore(_folder.File("store"));
        store.Save(Samples.Output(Samples.Spec()));
        string record = Path.Combine(store.PathOf(Samples.Spec()), ResultsStore.ResultFile);
        AtomicFile.WriteText(record, StrictJson.Write(edit(RunResult.Read(File.ReadAllBytes(record), record))));
        return store;
    }
}
