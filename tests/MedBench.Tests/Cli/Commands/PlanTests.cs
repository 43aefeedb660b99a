using System.Text;

namespace MedBench.Tests.Cli.Commands;

public sealed class PlanTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A k-NN on random weights: a real cell of a second.
    [Fact]
    public async Task Plan_RunMerge_GoesFromCellsToOneStore()
    {
        _folder.Write("knn.yaml", SmallYaml.Recipe("knn", "knn: { neighbours: 3, frozen-encoder: eval, batch-size: 80 }"));
        _folder.Write("tiny.yaml", SmallYaml.Experiment("demo", "{ tier: demo, recipe: knn.yaml, datasets: [synthetic], sizes: [16], models: [resnet18.cifar], methods: [knn], subsets: [5-shot, 10-shot] }"));
        var plan = await Run("plan", "tiny.yaml", "--shards", "2", "--device", "cpu", "--format", "github");
        Assert.Equal((0, "{\"shard\":[1]}\n"), (plan.ExitCode, plan.Out));
        Assert.Contains("1 shard of 2 cells", plan.Err, StringComparison.Ordinal);

        // The plan holds the experiment and its recipe: the files may be gone.
        File.Delete(_folder.File("tiny.yaml"));
        File.Delete(_folder.File("knn.yaml"));
        var run = await MedBenchProcess.RunAsync(_folder, ["run", "--plan", "plan/plan.json", "--results", "a", "--device", "cpu", "--threads", "1"], new Dictionary<string, string?> { ["JOB_COMPLETION_INDEX"] = "0" });
        Assert.True(run.ExitCode == 0, run.Err);
        Assert.Equal(2, Directory.GetFiles(_folder.File("a"), "result.json", SearchOption.AllDirectories).Length);

        var merge = await Run("merge", "a", "--into", "b");
        Assert.Equal((0, "b: 2 runs copied, 0 there already, 0 in conflict\n"), (merge.ExitCode, merge.Out));

        string record = Directory.GetFiles(_folder.File("a"), "result.json", SearchOption.AllDirectories)[0];
        _folder.Write(record, Encoding.UTF8.GetBytes(File.ReadAllText(record).Replace("\"acc\": 0", "\"acc\": 1", StringComparison.Ordinal)));
        merge = await Run("merge", "a", "--into", "b");
        Assert.Equal(2, merge.ExitCode);
        Assert.Matches(@"error: b.[0-9a-f]{16} \(kept\) and a.[0-9a-f]{16} \(not copied\) are the same run with another outcome: metrics of test", merge.Err);
    }

    [Theory]
    [InlineData("neither --shards nor --max-hours", "plan", "experiments/demo")]
    [InlineData("--shards and --max-hours", "plan", "experiments/demo", "--shards", "2", "--max-hours", "1")]
    [InlineData("--max-hours x: not a number", "plan", "experiments/demo", "--max-hours", "x")]
    [InlineData("unknown format 'slrum'", "plan", "experiments/demo", "--shards", "2", "--format", "slrum")]
    [InlineData("--plan none.json beside experiments/demo", "run", "experiments/demo", "--plan", "none.json")]
    [InlineData("none.json does not exist", "run", "--plan", "none.json", "--shard", "1")]
    [InlineData("--shard without --plan", "run", "experiments/demo", "--shard", "1")]
    public async Task PlanOrRun_WrongOptions_AreNamed(string problem, params string[] arguments)
    {
        var output = await Run(arguments);
        Assert.Equal(2, output.ExitCode);
        Assert.StartsWith($"error: {problem}", output.Err, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("plan")));
    }

    private Task<MedBenchOutput> Run(params string[] arguments) => MedBenchProcess.RunAsync(_folder, arguments);
}
