using MedBench.Claims;
using MedBench.Core.Files;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;

namespace MedBench.Tests.Cli.Commands;

public sealed class DemoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Demo_WithoutDataAndNetwork_ShowsRealEvidenceAndSaysThatItsImagesAreGenerated()
    {
        SkipWithoutCheckpoint();
        var (output, page) = await Run(new Dictionary<string, string?> { ["HTTPS_PROXY"] = "http://127.0.0.1:9" });

        Assert.Contains("this goes on with generated images, which are not evidence", output.Err, StringComparison.Ordinal);
        Assert.Contains("Generated images: not evidence for any paper", output.Out, StringComparison.Ordinal);
        Assert.Contains("synthetic: not evidence", page[page.IndexOf("id=\"live\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("enerated", page[page.IndexOf("<h1>", StringComparison.Ordinal)..page.IndexOf("id=\"live\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("78.21 %", output.Out, StringComparison.Ordinal);
        Assert.Empty(Book.Open(results: _folder.File("results"), recompute: true).Stored);
        Assert.Equal(4, Book.Open(results: _folder.File(Path.Combine("results", "synthetic")), recompute: true).Stored.Count);
    }

    [SkippableFact]
    [Trait("Cost", "Heavy")]
    public async Task Demo_WithBreastMnist_HasTheReferenceAccuracyAndJudgesThreeSeeds()
    {
        SkipWithoutCheckpoint();
        using var dataset = RealData.OpenOrSkip("breastmnist", 28);
        var (output, page) = await Run(new Dictionary<string, string?> { [DatasetFolders.RootVariable] = DatasetFolders.Resolve(), ["MEDBENCH_CACHE"] = CacheFolder.Resolve(), ["OMP_NUM_THREADS"] = null });

        Assert.Contains("doerrich2025/breastmnist/knn/resnet20.cntk_in1k/28/acc/scale  ", output.Out, StringComparison.Ordinal);
        Assert.Matches(@"1 seed +82\.05 +none +unpublished", output.Out);
        Assert.Matches(@"28/auc/frozen-statistics +3 seeds ", output.Out);
        Assert.Contains("printed 78.21 % for k-NN of resnet18.a1_in1k", output.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("enerated", output.Out, StringComparison.Ordinal);
        Assert.Contains("82.05", page[page.IndexOf("id=\"live\"", StringComparison.Ordinal)..page.IndexOf("id=\"verdicts-h\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal(4, Book.Open(results: _folder.File("results"), recompute: true).Stored.Count);
    }

    [Fact]
    public async Task Demo_WithoutTheCheckpoint_ShowsWhatIsKnownAndSaysWhatIsMissing()
    {
        var (output, page) = await Run(new Dictionary<string, string?> { ["NUGET_PACKAGES"] = _folder.File("packages") });

        Assert.Contains("no live part", output.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("Run on this machine", output.Out + page, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    // Every demo opens with decided claims that no run of its own is behind, and writes the page.
    private async Task<(MedBenchOutput Output, string Page)> Run(Dictionary<string, string?> environment)
    {
        var output = await MedBenchProcess.RunAsync(_folder, ["demo"], environment, TimeSpan.FromMinutes(8));
        Assert.True(output.ExitCode == 0, output.Err);
        string[] lines = output.Out.Split('\n');
        Assert.StartsWith("Decided now", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^holds +\+6\.14 +\+3\.10 to \+9\.17 +published:doerrich2025 +End-to-end training", lines[2]);
        string page = await File.ReadAllTextAsync(_folder.File(Path.Combine("results", "demo.html")));
        Assert.InRange(page.IndexOf("End-to-end training", StringComparison.Ordinal), 1, page.IndexOf("id=\"verdicts-h\"", StringComparison.Ordinal));
        return (output, page);
    }

    private static void SkipWithoutCheckpoint() => Skip.IfNot(ModelCheckpoints.IsPresent(ModelCatalog.Get("resnet20.cntk_in1k")), "needs the checkpoint of resnet20.cntk_in1k; get it with: medbench models get resnet20.cntk_in1k");
}
