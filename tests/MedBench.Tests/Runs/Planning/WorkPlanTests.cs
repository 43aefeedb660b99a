using System.Text;
using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;

namespace MedBench.Tests.Runs.Planning;

public sealed class WorkPlanTests : IDisposable
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWriteWrote_GivesTheCellsOfEachShard()
    {
        var files = ExperimentCatalog.BuiltIn(s_published.Catalog).Where(f => f.Experiment.Paper == "yang2023").ToList();
        var cells = files.SelectMany(f => f.Cells).DistinctBy(c => c.Id).ToList();
        Plan(files, cells, 5).Write(_folder.File("plan.json"));
        var plan = WorkPlan.Read(_folder.File("plan.json"));
        var found = Enumerable.Range(1, 5).SelectMany(k => plan.CellsOf(k, s_published.Catalog)).ToList();
        Assert.Equal(
            cells.SelectMany(c => c.Seeds.Select(s => (c.Id, c.Run.ProtocolHash, s))).Order(),
            found.SelectMany(c => c.Seeds.Select(s => (c.Id, c.Run.ProtocolHash, s))).Order());
    }

    // The recipe stands beside the experiment, and goes with the plan: the files may be gone, and the working directory be any.
    [Fact]
    public void CellsOf_RecipeFile_IsTakenFromThePlan()
    {
        _folder.Write("experiments/tiny/my.yaml", SmallYaml.Recipe("mine", "knn: { neighbours: 3, frozen-encoder: eval, batch-size: 80 }"));
        string path = _folder.Write("experiments/tiny/tiny.yaml", SmallYaml.Experiment("demo", "{ tier: demo, recipe: my.yaml, datasets: [synthetic], sizes: [16], models: [resnet18.cifar], methods: [knn] }"));
        var files = ExperimentCatalog.Load(path, s_published.Catalog);
        Plan(files, files[0].Cells, 1).Write(_folder.File("plan.json"));
        Directory.Delete(_folder.File("experiments"), recursive: true);

        var cell = Assert.Single(WorkPlan.Read(_folder.File("plan.json")).CellsOf(1, s_published.Catalog));

        Assert.Equal(("mine", files[0].Cells[0].Run.ProtocolHash), (cell.Run.Recipe.Name, cell.Run.ProtocolHash));
        string without = _folder.Write("without.json", Encoding.UTF8.GetBytes(StrictJson.Write(WorkPlan.Read(_folder.File("plan.json")) with { Recipes = [] })));
        Assert.EndsWith("is not with the experiment", Assert.Throws<MedBenchException>(() => WorkPlan.Read(without).CellsOf(1, s_published.Catalog)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void CellsOf_NoSuchShard_SaysHowMany(int shard)
    {
        var error = Assert.Throws<MedBenchException>(() => Demo().CellsOf(shard, s_published.Catalog));
        Assert.Equal("give a number from 1 to 1", error.Fix);
    }

    [Fact]
    public void CellsOf_AnotherProtocol_IsRefused()
    {
        var plan = Demo();
        plan = plan with { Shards = [plan.Shards[0] with { Cells = [plan.Shards[0].Cells[0] with { Protocol = "0" }] }] };
        Assert.Contains("is another run in this version", Assert.Throws<MedBenchException>(() => plan.CellsOf(1, s_published.Catalog)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema 2 is not known: a later version of MedBenchRepro wrote it, this one reads schema 1")]
    [InlineData("\"runProtocol\": 1", "\"runProtocol\": 0", "'runProtocol' is 0, this version runs 1")]
    [InlineData("\"number\": 1", "\"number\": 2", "'shards' are not numbered from 1")]
    [InlineData("\"number\": 1", "\"numbre\": 1", "numbre")]
    public void Read_WrongFile_NamesTheKey(string old, string replacement, string problem)
    {
        Demo().Write(_folder.File("plan.json"));
        string path = _folder.Write("wrong.json", Encoding.UTF8.GetBytes(File.ReadAllText(_folder.File("plan.json")).Replace(old, replacement, StringComparison.Ordinal)));
        var error = Assert.Throws<MedBenchException>(() => WorkPlan.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    internal static WorkPlan Demo()
    {
        var file = ExperimentCatalog.BuiltIn(s_published.Catalog).Single(f => f.Name == "demo/demo");
        return Plan([file], file.Cells, 1);
    }

    internal static WorkPlan Plan(IReadOnlyList<ExperimentFile> files, IReadOnlyList<ExperimentCell> cells, int shards, string device = "cpu")
    {
        var cost = CostModel.For(device, []);
        return WorkPlan.Of(files, cost, new Planner(new ResultsIndex([]), cost).Cut(cells, ShardLimit.Shards(shards)));
    }
}
