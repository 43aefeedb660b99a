using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Store;

public sealed class ResultsStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_ThenFind_GivesTheSameResult()
    {
        var store = new ResultsStore(_folder.Path);
        var output = Samples.Output(Samples.Spec());
        Assert.Null(store.Find(Samples.Spec()));

        store.Save(output);

        var found = store.Find(Samples.Spec())!;
        Assert.Equal(JsonSerializer.Serialize(output.Result), JsonSerializer.Serialize(found));
        Assert.Equal(found.Id, Assert.Single(store.All()).Id);
        Assert.Equal(0.75, found.Test(Metric.Acc));
        Assert.Equal(
            ["breastmnist_64_test_[AUC]0.750_[ACC]0.750@" + found.Id + ".csv", "predictions.npz", "result.json", "train.log"],
            Directory.GetFiles(store.PathOf(Samples.Spec())).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_Csv_HasIndexAndAllDigits()
    {
        var store = new ResultsStore(_folder.Path);
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
        string[] folders = [_folder.File("a"), _folder.File("b")];
        byte[][] files = [.. folders.Select(f =>
        {
            new ResultsStore(f).Save(Samples.Output(Samples.Spec()));
            return File.ReadAllBytes(Path.Combine(f, Samples.Spec().Id, "predictions.npz"));
        })];

        Assert.Equal(files[0], files[1]);
    }

    [Theory]
    [InlineData("\"schema\": 2,", "\"schema\": 2, \"extra\": 2,", "extra")]
    [InlineData("\"schema\": 2,", "", "schema")]
    [InlineData("\"schema\": 2,", "\"schema\": 3,", "schema 3 is not known: a later version")]
    [InlineData("\"seed\": 0", "\"seed\": 1", "'spec' does not belong to this folder")]
    [InlineData("\"seed\": 0", "\"seed\": \"zero\"", "seed")]
    [InlineData("\"dataset\": \"breastmnist\"", "\"dataset\": null", "dataset")]
    [InlineData("\"notes\": [", "\"notes\": ", "result.json:")]
    public void Find_EditedFile_NamesFileAndKey(string good, string bad, string message)
    {
        var store = new ResultsStore(_folder.Path);
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
        Directory.CreateDirectory(Path.Combine(_folder.Path, Samples.Spec().Id));

        Assert.Throws<MedBenchException>(() => new ResultsStore(_folder.Path).Find(Samples.Spec()));
    }

    [Theory]
    [InlineData("lost+found")]
    [InlineData("@eaDir")]
    [InlineData("__MACOSX")]
    [InlineData("notes")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123456789abcdef.bak")]
    public void All_FolderThatIsNoRun_IsPassedOver(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, name));
        var store = new ResultsStore(_folder.Path);
        store.Save(Samples.Output(Samples.Spec()));

        Assert.Single(store.All());
    }

    [Fact]
    public void All_StoreThatIsAFile_IsNamed()
    {
        string file = _folder.Write("results", []);

        Assert.Equal($"{file} is a file, not a folder", Assert.Throws<MedBenchException>(() => new ResultsStore(file).All().ToList()).Message);
    }

    [Fact]
    public void Records_TwoOfOneRunThatDiffer_AreAnError()
    {
        var store = new ResultsStore(_folder.File("store"));
        store.Save(Samples.Output(Samples.Spec()));
        byte[] record = File.ReadAllBytes(Path.Combine(store.PathOf(Samples.Spec()), "result.json"));
        string name = Samples.Spec().Id + ".json";
        _folder.Write($"records/a/{name}", record);
        _folder.Write($"records/b/{name}", record);
        _folder.Write($"records/.ipynb_checkpoints/{name}", "{}"u8);
        _folder.Write($"records/._{name}", "{}"u8);
        var source = new RecordsSource(_folder.File("records"));
        Assert.Single(source.Runs());

        _folder.Write($"records/b/{name}", [.. record, (byte)'\n']);

        Assert.Contains("are records of one run, and differ", Assert.Throws<MedBenchException>(() => source.Runs().ToList()).Message);
    }

    [Fact]
    public void Records_PredictionsBesideARecord_AreItsPredictions()
    {
        var store = new ResultsStore(_folder.File("store"));
        store.Save(Samples.Output(Samples.Spec()));
        string name = Samples.Spec().Id, kept = store.PathOf(Samples.Spec());
        _folder.Write($"records/{name}.json", File.ReadAllBytes(Path.Combine(kept, ResultsStore.ResultFile)));
        Assert.Null(new RecordsSource(_folder.File("records")).Runs().Single().PredictionsPath);

        _folder.Write($"records/{name}.npz", File.ReadAllBytes(Path.Combine(kept, PredictionsFile.Name)));

        Assert.NotEmpty(PredictionsFile.Read(new RecordsSource(_folder.File("records")).Runs().Single().PredictionsPath!));
    }

    [Fact]
    public void All_LeftoversOfKilledProcess_ArePassedOver()
    {
        var store = new ResultsStore(_folder.Path);
        string id = Samples.Spec().Id;
        AtomicFile.WriteText(Path.Combine(_folder.Path, $".{id}.123.abc.tmp", "result.json"), "{ half");
        Assert.Empty(store.All());
        Assert.Null(store.Find(Samples.Spec()));

        store.GetOrRun(Samples.Spec(), () => Samples.Output(Samples.Spec()));

        Assert.Single(store.All());
    }

    [Fact]
    public void GetOrRun_RunFails_LeavesNothingAndReleasesTheLock()
    {
        var store = new ResultsStore(_folder.Path);

        Assert.Throws<InvalidOperationException>(() => store.GetOrRun(Samples.Spec(), () => throw new InvalidOperationException()));

        Assert.Empty(store.All());
        using var held = store.TryLock(Samples.Spec());
        Assert.NotNull(held);
    }

    [Fact]
    public void GetOrRun_ManyAtOnce_ComputesOnce()
    {
        int runs = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() => new ResultsStore(_folder.Path).GetOrRun(Samples.Spec(), () =>
        {
            Interlocked.Increment(ref runs);
            Thread.Sleep(50);
            return Samples.Output(Samples.Spec());
        }))).ToList();

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal(1, runs);
        Assert.Single(new ResultsStore(_folder.Path).All());
    }

    [Fact]
    public void GetOrRun_Cancelled_StopsWaiting()
    {
        using var held = new ResultsStore(_folder.Path).TryLock(Samples.Spec());
        using var cancel = new CancellationTokenSource(50);

        Assert.Throws<OperationCanceledException>(() => new ResultsStore(_folder.Path).GetOrRun(Samples.Spec(), () => Samples.Output(Samples.Spec()), cancel.Token));
    }

    [Fact]
    public void GetOrRun_OwnerOfAnotherMachineDied_TakesOver()
    {
        string lease = _folder.Write($".locks/{Samples.Spec().Id}.1.lease", "held 000000000001 0123456789ab-5-77 host gone\n"u8);

        new ResultsStore(_folder.Path, TimeSpan.FromMilliseconds(200)).GetOrRun(Samples.Spec(), () => Samples.Output(Samples.Spec()));

        Assert.Single(new ResultsStore(_folder.Path).All());
        Assert.False(File.Exists(lease));
    }

    [Fact]
    public void GetOrRun_FolderCannotBeWritten_SaysSoBeforeComputing()
    {
        string file = _folder.Write("file", [0]);

        var error = Assert.Throws<MedBenchException>(() => new ResultsStore(Path.Combine(file, "store")).GetOrRun(Samples.Spec(), () => throw new InvalidOperationException("computed")));

        Assert.Contains("cannot write", error.Message);
    }
}
