using MedBench.Claims.Published;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Planning;

public sealed class PlannerTests
{
    private static readonly IReadOnlyList<ExperimentCell> s_all = [.. ExperimentCatalog.BuiltIn(PublishedResults.Load().Catalog).Where(f => f.Experiment.Paper == "wu2025").SelectMany(f => f.Cells).DistinctBy(c => c.Id)];
    private static readonly IReadOnlyList<ExperimentCell> s_cells = [.. s_all.Where(c => c.Experiment == "wu2025/benchmark")];

    [Fact]
    public void Cut_TheSameTwice_IsTheSame() =>
        Assert.Equal(StrictJson.Write(Planner().Cut(s_cells, ShardLimit.Shards(16))), StrictJson.Write(Planner().Cut(s_cells, ShardLimit.Shards(16))));

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(200)]
    public void Cut_IntoShards_HoldsEveryRunOnce(int count)
    {
        var shards = Planner().Cut(s_cells, ShardLimit.Shards(count));
        Assert.Equal(count, shards.Count);
        Assert.Equal(Enumerable.Range(1, count), shards.Select(s => s.Number));
        Assert.Equal(Runs(s_cells), shards.SelectMany(s => s.Cells).SelectMany(c => c.Seeds.Select(seed => (c.Id, seed))).Order());
    }

    [Fact]
    public void Cut_TheWholeBenchmarkInto64_IsBalancedWithinOnePercent() =>
        Assert.InRange(PlanBalance.Of(Planner().Cut(s_cells, ShardLimit.Shards(64))).Ratio, 1, 1.01);

    [Fact]
    public void Cut_CellsThatShareFeatures_StayTogetherAndPayOnce()
    {
        var sharing = s_all.Where(c => RunWork.Of(c.Run).Features > 0).ToDictionary(c => c.Id);
        Assert.Contains(sharing.Values.GroupBy(c => c.FeatureGroup), g => g.Count() > 1);
        var shards = Planner().Cut(s_all, ShardLimit.Shards(100));
        var groups = shards.SelectMany(s => s.Cells.Where(c => sharing.ContainsKey(c.Id)).Select(c => (sharing[c.Id].FeatureGroup, s.Number))).Distinct().ToList();
        Assert.Equal(groups.Count, groups.DistinctBy(g => g.FeatureGroup).Count());

        var cost = CostModel.For("cuda", []);
        Assert.Equal(cost.Seconds(s_all.Select(c => (c, c.Seeds.Count))), shards.Sum(s => s.Seconds), 0);
    }

    [Fact]
    public void Cut_ByTime_KeepsShardsShortAndMarksWhatCannotBeCut()
    {
        const double Limit = 5 * 3600;
        var shards = Planner().Cut(s_cells, ShardLimit.Time(Limit));
        Assert.All(shards, s => Assert.Equal(s.Oversize, s.Seconds > Limit));
        // One run each: a seed, or cells that wait for the same features.
        Assert.All(shards.Where(s => s.Oversize), s => Assert.Single(s.Cells.SelectMany(c => c.Seeds)));
        Assert.Contains(shards, s => s.Oversize);
        Assert.Equal(Runs(s_cells), shards.SelectMany(s => s.Cells).SelectMany(c => c.Seeds.Select(seed => (c.Id, seed))).Order());
    }

    [Fact]
    public void Cut_OneCellForThreeShards_IsCutBySeed()
    {
        var cell = s_cells.First(c => c.Run.Method.Name == "end-to-end");
        Assert.Equal([[0], [1], [2]], Planner().Cut([cell], ShardLimit.Shards(3)).Select(s => Assert.Single(s.Cells).Seeds));
        var probe = s_cells.First(c => RunWork.Of(c.Run).Features > 0);
        Assert.Equal([0, 1, 2], Assert.Single(Assert.Single(Planner().Cut([probe], ShardLimit.Shards(3))).Cells).Seeds);
    }

    [Fact]
    public void Cut_FinishedRuns_AreLeftOut()
    {
        var cell = s_cells.First(c => c.Run.Method.Name == "end-to-end");
        var spec = RunSpec.Of(cell.Run, cell.Run.Dataset.File(cell.Run.Size).Md5, WeightsId.Checkpoint(new string('a', 64)), 1);
        var result = new RunResult(1, spec.Id, spec, new Dictionary<string, SplitResult>(), [], new RunEnvironment("", "", 1, "", "", "cpu", ""), new Dictionary<string, double>(), 0, default, []);
        Assert.Equal([0, 2], Assert.Single(Assert.Single(Planner(result).Cut([cell], ShardLimit.Shards(1))).Cells).Seeds);
        Assert.Empty(Planner(result).Cut([cell with { Seeds = [1] }], ShardLimit.Shards(4)));
        Assert.Empty(Planner(result).Cut([cell with { Seeds = [1] }], ShardLimit.Time(60)));
    }

    private static Planner Planner(params RunResult[] results) => new(new ResultsIndex(results), CostModel.For("cuda", []));

    private static IEnumerable<(string Id, int Seed)> Runs(IEnumerable<ExperimentCell> cells) => cells.SelectMany(c => c.Seeds.Select(seed => (c.Id, seed))).Order();
}
