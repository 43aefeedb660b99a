using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Tests.Cli.Runs;

/// <summary><c>medbench run FILE</c> as a user meets it.</summary>
public sealed class GridRunTests : IDisposable
{
    private const string Stored = "{ tier: cpu, datasets: [breastmnist], models: [resnet18.cifar], methods: [from-scratch], seeds: [0] }";
    private const string Missing = "{ tier: gpu, datasets: [breastmnist], models: [resnet18.a1_in1k], methods: [knn], recipe: doerrich2025 }";

    private readonly TestFolder _folder = new();

    public GridRunTests()
    {
        _folder.Write("grid.yaml", SmallYaml.Experiment("demo", Trained("2-shot", "0, 1"), Missing));
        _folder.Write("quick.yaml", SmallYaml.Training("quick"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Twice_ComputesOnceAndSaysWhatIsMissing()
    {
        var plan = await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml", "--dry-run"]);
        Assert.Equal(0, plan.ExitCode);
        Assert.Contains("demo/synthetic/from-scratch/resnet18.cifar/16/2-shot", plan.Out, StringComparison.Ordinal);
        Assert.Contains("2 of 2", plan.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("results")));

        var first = await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml"]);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("[1/2] demo/synthetic/from-scratch/resnet18.cifar/16/2-shot: 2 runs; acc ", first.Out, StringComparison.Ordinal);
        Assert.Contains("[2/2] demo/breastmnist/knn/resnet18.a1-in1k/28: not run: breastmnist.npz is not in", first.Out, StringComparison.Ordinal);
        Assert.Contains("get it with: medbench data get breastmnist --size 28", first.Out, StringComparison.Ordinal);

        var before = Directory.GetFiles(_folder.File("results"), "result.json", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);
        var second = await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml", "--tier", "demo", "--json"]);
        Assert.Equal(2, before.Count);
        Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllText(f.Key)));
        Assert.Contains("1 cell: 1 done, 0 to run", second.Err, StringComparison.Ordinal);
        Assert.Contains("\"verdict\"", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CellThatIsStored_NeedsNoData()
    {
        string record = Directory.GetFiles(Repository.Measured, "8a329093c666e5db.json", SearchOption.AllDirectories).Single();
        _folder.Write("results/8a329093c666e5db/result.json", File.ReadAllBytes(record));
        _folder.Write("stored.yaml", SmallYaml.Experiment("yang2023", Stored));

        var output = await MedBenchProcess.RunAsync(_folder, ["run", "stored.yaml"]);

        Assert.Contains("[1/1] yang2023/breastmnist/from-scratch/resnet18.cifar/28: 1 run; acc 86.54 (printed 86.30)", output.Out, StringComparison.Ordinal);
        Assert.Equal(0, output.ExitCode);
    }

    [Theory]
    [InlineData("--dry-run", null)]
    [InlineData("--max-cost", "1h")]
    public async Task Run_OptionOfGridsWithoutOne_IsRefused(string option, string? value)
    {
        string[] one = ["run", "--dataset", "synthetic", "--model", "resnet18.cifar", "--method", "from-scratch", "--recipe", "demo", option, .. value is null ? (string[])[] : [value]];

        var output = await MedBenchProcess.RunAsync(_folder, one);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains($"{option} without an experiment file", output.Err, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("results")));
    }

    [Theory]
    [InlineData("--max-cost", "99999999999d")]
    public async Task Run_TimeThatNoTimeIs_IsRefused(string option, string value) =>
        Assert.Contains("longer than a time can be", (await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml", option, value])).Err, StringComparison.Ordinal);

    [Fact]
    public async Task Run_CellOfAnotherProcess_IsLeftForLater()
    {
        _folder.Write("two.yaml", SmallYaml.Experiment("demo", Trained("2-shot, 1-shot", "0"), Missing));
        string[] once = ["run", "two.yaml", "--tier", "demo", "--results"];
        Assert.Equal(0, (await MedBenchProcess.RunAsync(_folder, [.. once, "alone"])).ExitCode);
        var first = new ResultsStore(_folder.File("alone")).All().Single(r => r.Spec.Subset.Subset == TrainingSubset.FewShot(2)).Spec;
        var store = new ResultsStore(_folder.File("shared"));

        Task<MedBenchOutput> run;
        using (store.TryLock(first))
        {
            run = MedBenchProcess.RunAsync(_folder, [.. once, "shared"]);
            while (!store.All().Any() && !run.IsCompleted) await Task.Delay(50);
        }
        var output = await run;

        Assert.Equal(0, output.ExitCode);
        Assert.Matches(@"(?s)\[1/2\] \S+/2-shot: another process is at it; later.*\[2/2\] \S+/1-shot: 1 run;.*\[1/2\] \S+/2-shot: 1 run;", output.Out);
    }

    [Theory]
    [InlineData("--filter", "dataset=brestmnist", "unknown dataset of --filter 'brestmnist'")]
    [InlineData("--tier", "tpu", "unknown tier 'tpu'")]
    [InlineData("--max-cost", "soon", "--max-cost soon: not a time")]
    [InlineData("--seeds", "0-6", "of 7 seeds, 0 to 6, only 0, 1 count")]
    public async Task Run_WrongOption_IsNamed(string option, string value, string problem)
    {
        var output = await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml", option, value]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(problem, output.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MaxCost_LeavesOutWhatDoesNotFit()
    {
        var output = await MedBenchProcess.RunAsync(_folder, ["run", "grid.yaml", "--max-cost", "1s", "--dry-run"]);
        Assert.Contains("does not fit --max-cost", output.Out, StringComparison.Ordinal);
    }

    private static string Trained(string subsets, string seeds) =>
        $"{{ tier: demo, recipe: quick.yaml, datasets: [synthetic], sizes: [16], models: [resnet18.cifar], methods: [from-scratch], subsets: [{subsets}], seeds: [{seeds}] }}";
}
