using MedBench.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting;

namespace MedBench.Tests.Runs.Store;

/// <summary>Records of runs on images of the reader's own: they say themselves what the dataset is.</summary>
public sealed class OwnDatasetRecordTests
{
    [Fact]
    public void Dataset_OfTheReadersOwn_IsAsTheRecordDescribesIt()
    {
        var result = Read(Result(Own("0a", "no", "yes")));
        Assert.Equal(("Mine", 6, true), (result.Dataset!.Title, result.Dataset.Splits.Test, result.Dataset.IsOwn));
        Assert.Equal(["no", "yes"], result.Dataset.Labels);
        Assert.Equal("mine", result.Configuration()!.Dataset.Name);
        // Nothing of it stays in the process: another record may call another dataset so.
        Assert.Null(DatasetCatalog.Find("mine"));
        Assert.Equal(["a", "b", "c"], Read(Result(Own("0b", "a", "b", "c"))).Dataset!.Labels);
    }

    [Fact]
    public void Read_ARecordThatCallsAKnownDatasetItsOwn_IsRefused()
    {
        var known = SampleRuns.Result(SampleRuns.Configuration(), 0, 0.5);
        var e = Assert.Throws<MedBenchException>(() => Read(known with { Settings = known.Settings! with { Dataset = DatasetFacts.Of(Own("0a", "no", "yes")) } }));
        Assert.StartsWith("result.json: breastmnist is a dataset that the benchmark knows", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_OfTwoDatasetsOfOneName_AreJudgedApart()
    {
        RunResult[] runs = [Result(Own("0a", "no", "yes")), Result(Own("0b", "a", "b", "c"))];
        var book = new Book(PublishedResults.Load(), VerdictRules.Load(), [], () => [], new SampleRuns(runs).Runs());
        Assert.Equal(2, book.Cells.Count);
        Assert.All(book.Cells, cell => Assert.All(book.Judge(cell), judged => Assert.Equal(cell.Runs[0].Result.Dataset!.Labels, judged.Dataset.Labels)));
    }

    private static DatasetCard Own(string md5, params string[] labels) => new(
        "mine", "Mine", labels.Length == 2 ? DatasetTask.BinaryClass : DatasetTask.MultiClass, labels, 1, new SplitCounts(10, 2, 6), "none",
        new Dictionary<int, DatasetFile> { [28] = new("mine_28.npz", md5, "") }, [])
    { IsOwn = true };

    private static RunResult Result(DatasetCard card) => SampleRuns.Result(SampleRuns.Configuration() with { Dataset = card }, 0, 0.5);

    private static RunResult Read(RunResult result) => RunResult.Read(System.Text.Encoding.UTF8.GetBytes(StrictJson.Write(result)), "result.json");
}
