using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MedBench.Tests.Cli;

namespace MedBench.Tests.Runs.Execution;

/// <summary><c>medbench retrace</c> on a small run.</summary>
public sealed class RetraceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public RetraceTests()
    {
        _folder.Write("recipes/quick.yaml", SmallYaml.Training("quick", epochs: 3));
        _folder.Write("experiments/demo/tiny.yaml", SmallYaml.Experiment("demo",
            "{ tier: demo, recipe: ../../recipes/quick.yaml, datasets: [synthetic], sizes: [16], models: [resnet18.cifar], methods: [from-scratch], subsets: [1-shot], seeds: [0] }"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Retrace_SameMachine_IsTheSameToTheBitAndSeesAnEditedRecord()
    {
        Assert.Equal(0, (await Run("run", "experiments")).ExitCode);
        string file = Assert.Single(Directory.GetFiles(_folder.File("results"), "result.json", SearchOption.AllDirectories)), id = Path.GetFileName(Path.GetDirectoryName(file)!);

        var same = await Run("retrace", id[..6], "--evaluations", "3");
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("1 of 1 the same to the bit", same.Out, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(same.Out, "(?m)^[123] .* same\\s*$"));

        // The least change of a loss that a float can have.
        string record = Regex.Replace(File.ReadAllText(file), "\"loss\": ([0-9.e-]+)", m => $"\"loss\": {float.BitIncrement(float.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture)}");
        _folder.Write($"expected/measured/demo/{id}.json", Encoding.UTF8.GetBytes(record));
        foreach (string needed in (string[])["papers.csv", "models.csv", "known-deviations.csv", "rules.json"])
            _folder.Write($"expected/{needed}", File.ReadAllBytes(Repository.File($"expected-results/{needed}")));
        var edited = await Run("retrace", "--expected", "expected", "--evaluations", "1");
        Assert.Equal(2, edited.ExitCode);
        Assert.Contains("0 of 1 the same to the bit", edited.Out, StringComparison.Ordinal);
        Assert.Contains("nothing that is known of the two machines differs", edited.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retrace", "beef")]
    [InlineData("retrace", "--evaluations", "0")]
    public async Task Retrace_WhatCannotBe_IsNamedWithAFix(params string[] arguments)
    {
        var output = await Run(arguments);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains(arguments[^1], output.Err, StringComparison.Ordinal);
        Assert.Contains("fix: ", output.Err, StringComparison.Ordinal);
    }

    private Task<MedBenchOutput> Run(params string[] arguments) => MedBenchProcess.RunAsync(_folder, arguments);
}
