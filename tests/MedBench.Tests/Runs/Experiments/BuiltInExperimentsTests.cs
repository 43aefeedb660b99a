using System.Text.RegularExpressions;
using MedBench.Claims.Published;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Experiments;

/// <summary>The files of <c>experiments/</c> against the published numbers and the measured records.</summary>
public sealed partial class BuiltInExperimentsTests
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly IReadOnlyList<ExperimentFile> s_files = ExperimentCatalog.BuiltIn(s_published.Catalog);
    private static readonly IReadOnlyList<ExperimentCell> s_cells = [.. s_files.SelectMany(f => f.Cells)];

    [Fact]
    public void Cells_EveryPublishedNumberOfAModelThatCanBeTrained_IsDeclared()
    {
        var declared = s_cells.SelectMany(c => c.Metrics.Select(c.Key)).ToHashSet();
        // Other people's studies have numbers only: nothing of theirs is to be run.
        var run = s_files.Select(f => f.Experiment.Paper).ToHashSet();
        var missing = s_published.Values.Select(v => v.Key).Where(k => run.Contains(k.Paper) && k.Method != "automl" && k is not { Paper: "demo", Method: "knn" } && !declared.Contains(k));
        Assert.Empty(missing);
    }

    [Fact]
    public void Ids_AreOfPlainCharactersAndNameOneConfiguration()
    {
        Assert.All(s_cells, c => Assert.Matches(Plain(), c.Id));
        Assert.All(s_cells.GroupBy(c => c.Id), same => Assert.Single(same.Select(c => c.Run.ProtocolHash).Distinct()));
    }

    [Fact]
    public void ExploratoryExperiments_HaveNoPublishedNumberOfTheirOwn()
    {
        var benchmarked = s_files.Where(f => !f.Experiment.Exploratory).SelectMany(f => f.Cells).Select(c => c.Id).ToHashSet();
        var own = s_files.Where(f => f.Experiment.Exploratory).SelectMany(f => f.Cells).Where(c => !benchmarked.Contains(c.Id));
        Assert.NotEmpty(own);
        Assert.All(own, c => Assert.All(c.Metrics, m => Assert.Null(s_published.Find(c.Key(m)))));
    }

    [Fact]
    public void MeasuredRecords_AreRunsOfDeclaredCells()
    {
        var expected = ExpectedFiles.Open();
        var records = expected.Paths.Where(p => p.StartsWith("measured/", StringComparison.Ordinal)).Select(p => StrictJson.Read<RunResult>(expected.Bytes(p), p)).ToList();
        Assert.NotEmpty(records);
        // Whatever changes a run's identity by accident would make hours of training worthless.
        Assert.All(records, r => Assert.Contains(s_cells, c => c.Includes(r.Spec)));
    }

    [GeneratedRegex("^[a-z0-9/.-]+$")]
    private static partial Regex Plain();
}
