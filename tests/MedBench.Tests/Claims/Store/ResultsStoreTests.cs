using System.Text.Json;
using MedBench.Claims.Store;
using MedBench.Data.Errors;
using MedBench.Data.Files;

namespace MedBench.Tests.Claims.Store;

public sealed class ResultsStoreTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Save_ThenFind_GivesTheSameResult()
    {
        var store = new ResultsStore(folder.Path);
        var output = Samples.Output(Samples.Spec());
        Assert.Null(store.Find(Samples.Spec()));

        store.Save(output);

        var found = store.Find(Samples.Spec())!;
        Assert.Equal(JsonSerializer.Serialize(output.Result), JsonSerializer.Serialize(found));
        Assert.Equal(found.Id, Assert.Single(store.All()).Id);
        Assert.Equal(0.75, found.Test("acc"));
        Assert.Equal(
            ["breastmnist_64_test_[AUC]0.750_[ACC]0.750@" + found.Id + ".csv", "predictions.npz", "result.json", "train.log"],
            Directory.GetFiles(store.PathOf(Samples.Spec())).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_Csv_HasIndexAndAllDigits()
    {
        var store = new ResultsStore(folder.Path);
        store.Save(Samples.Output(Samples.Spec()));

        string csv = Assert.Single(Directory.GetFiles(store.PathOf(Samples.Spec()), "*.csv"));

        Assert.Equal("0,0.1\n1,0.9\n2,0.5\n3,0.33333334\n", File.ReadAllText(csv));
    }

    [Fact]
    public void FileName_Size28AndNoAuc_FollowMedMnist()
    {
        var scores = Samples.Output(Samples.Spec()).Result.Metrics["test"] with { Auc = null, Acc = 0.84649 };
        var spec = Samples.Spec() with { Size = 28 };

        Assert.Equal($"breastmnist_val_[AUC]nan_[ACC]0.846@{spec.Id}.csv", MedMnistCsv.FileName(spec, "val", scores));
    }

    [Fact]
    public void Save_Twice_WritesEqualPredictions()
    {
        string[] folders = [folder.File("a"), folder.File("b")];
        byte[][] files = [.. folders.Select(f =>
        {
            new ResultsStore(f).Save(Samples.Output(Samples.Spec()));
            return File.ReadAllBytes(Path.Combine(f, Samples.Spec().Id, "predictions.npz"));
        })];

        Assert.Equal(files[0], files[1]);
    }

    [Theory]
    [InlineData("\"schema\": 1,", "\"schema\": 1, \"extra\": 2,", "extra")]
    [InlineData("\"schema\": 1,", "", "schema")]
    [InlineData("\"schema\": 1,", "\"schema\": 2,", "'schema' is 2")]
    [InlineData("\"seed\": 0", "\"seed\": 1", "'spec' does not belong to this folder")]
    [InlineData("\"seed\": 0", "\"seed\": \"zero\"", "seed")]
    [InlineData("\"dataset\": \"breastmnist\"", "\"dataset\": null", "dataset")]
    [InlineData("\"notes\": [", "\"notes\": ", "result.json:")]
    public void Find_EditedFile_NamesFileAndKey(string good, string bad, string message)
    {
        var store = new ResultsStore(folder.Path);
        store.Save(Samples.Output(Samples.Spec()));
        string file = Path.Combine(store.PathOf(Samples.Spec()), "result.json");
        string text = File.ReadAllText(file);
        Assert.Contains(good, text);
        AtomicFile.WriteText(file, text.Replace(good, bad));

        var error = Assert.Throws<MedBenchException>(() => store.Find(Samples.Spec()));

        Assert.StartsWith(file, error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Find_FolderWithoutResult_IsAnErrorNotASilentMiss()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, Samples.Spec().Id));

        Assert.Throws<MedBenchException>(() => new ResultsStore(folder.Path).Find(Samples.Spec()));
    }

    [Fact]
    public void All_LeftoversOfKilledProcess_ArePassedOver()
    {
        var store = new ResultsStore(folder.Path);
        string id = Samples.Spec().Id;
        AtomicFile.WriteText(Path.Combine(folder.Path, $".{id}.123.abc.tmp", "result.json"), "{ half");
        Assert.Empty(store.All());
        Assert.Null(store.Find(Samples.Spec()));

        store.GetOrRun(Samples.Spec(), () => Samples.Output(Samples.Spec()));

        Assert.Single(store.All());
    }

    [Fact]
    public void GetOrRun_RunFails_LeavesNothingAndReleasesTheLock()
    {
        var store = new ResultsStore(folder.Path);

        Assert.Throws<InvalidOperationException>(() => store.GetOrRun(Samples.Spec(), () => throw new InvalidOperationException()));

        Assert.Empty(store.All());
        using var held = store.TryLock(Samples.Spec());
        Assert.NotNull(held);
    }

    [Fact]
    public void GetOrRun_ManyAtOnce_ComputesOnce()
    {
        int runs = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() => new ResultsStore(folder.Path).GetOrRun(Samples.Spec(), () =>
        {
            Interlocked.Increment(ref runs);
            Thread.Sleep(50);
            return Samples.Output(Samples.Spec());
        }))).ToList();

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal(1, runs);
        Assert.Single(new ResultsStore(folder.Path).All());
    }

    [Fact]
    public void GetOrRun_Cancelled_StopsWaiting()
    {
        using var held = new ResultsStore(folder.Path).TryLock(Samples.Spec());
        using var cancel = new CancellationTokenSource(50);

        Assert.Throws<OperationCanceledException>(() => new ResultsStore(folder.Path).GetOrRun(Samples.Spec(), () => Samples.Output(Samples.Spec()), cancel.Token));
    }

    [Fact]
    public void TryLock_HeldElsewhere_IsRefusedUntilReleased()
    {
        var first = new ResultsStore(folder.Path).TryLock(Samples.Spec())!;
        Assert.Null(new ResultsStore(folder.Path).TryLock(Samples.Spec()));
        using (var other = new ResultsStore(folder.Path).TryLock(Samples.Spec(seed: 1)))
            Assert.NotNull(other);

        first.Dispose();

        using var second = new ResultsStore(folder.Path).TryLock(Samples.Spec());
        Assert.NotNull(second);
    }

    [Fact]
    public void TryLock_NoHeartbeat_IsTakenOverAndTheOldOwnerKnows()
    {
        using var dead = new ResultsStore(folder.Path).TryLock(Samples.Spec())!;
        string file = Assert.Single(Directory.GetFiles(folder.File(".locks"), "*.lock"));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-2));

        using var heir = new ResultsStore(folder.Path).TryLock(Samples.Spec());

        Assert.True(heir!.IsHeld);
        Assert.False(dead.IsHeld);
        dead.Dispose();
        Assert.True(heir.IsHeld);
    }

    [Fact]
    public void TryLock_StaleLockAndManyHeirs_OnlyOneTakesIt()
    {
        string file = Path.Combine(folder.Path, ".locks", Samples.Spec().Id + ".lock");
        AtomicFile.WriteText(file, "host gone");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        var taken = new System.Collections.Concurrent.ConcurrentBag<RunLock>();
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            if (new ResultsStore(folder.Path).TryLock(Samples.Spec()) is { } held)
                taken.Add(held);
        })).ToList();

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Single(taken).Dispose();
    }

    [Fact]
    public void RunLock_LongRun_HeartbeatKeepsIt()
    {
        var stale = TimeSpan.FromSeconds(1);
        using var held = new ResultsStore(folder.Path, stale).TryLock(Samples.Spec())!;

        Thread.Sleep(2000);

        Assert.Null(new ResultsStore(folder.Path, stale).TryLock(Samples.Spec()));
        Assert.True(held.IsHeld);
    }
}
