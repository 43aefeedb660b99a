using System.Text;
using System.Text.Json;

namespace MedBench.Tests.Cli.Commands;

/// <summary>A paper that this program has never heard of, by its files alone, where there is no clone.</summary>
public sealed class NewPaperTests : IDisposable
{
    private const string Cell = "mine2026/synthetic/from-scratch/resnet18.cifar/16";
    private readonly TestFolder _folder = new();

    public NewPaperTests()
    {
        Write("expected-results/papers.csv", "paper,citation,caveat,datasets\nmine2026,\"Mine et al. 2026\",invented,synthetic\n");
        Write("expected-results/models.csv", "paper,printed,model,kind,note\nmine2026,resnet18.cifar,resnet18.cifar,cnn,\n");
        Write("expected-results/mine2026/results.csv", """
            dataset,method,model,resolution,metric,mean,std,ddof,n,unit,source,extraction,variant
            synthetic,from-scratch,resnet18.cifar,16,acc,0.99,0.01,1,5,fraction,Table 1,invented,2-shot
            """);
        Write("expected-results/mine2026/claims.yaml", """
            schema: 1
            paper: mine2026
            claims:
              - { id: table, statement: The number holds., source: Table 1, kind: cells, experiments: [mine2026/small], where: { metric: acc } }
            """);
        _folder.Write("experiments/mine2026/small.yaml", SmallYaml.Experiment("mine2026", "{ tier: demo, datasets: [synthetic], models: [resnet18.cifar], methods: [from-scratch], subsets: [2-shot], recipe: ../../recipes/mine2026.yaml, seeds: [0, 1] }"));
        _folder.Write("recipes/mine2026.yaml", SmallYaml.Training("mine2026"));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string path, string text) => _folder.Write(path, Encoding.UTF8.GetBytes(text));

    private async Task<string> Run(params string[] arguments)
    {
        var output = await MedBenchProcess.RunAsync(_folder, arguments);
        Assert.True(output.ExitCode == 0, $"medbench {string.Join(' ', arguments)}: {output.Err}\n{output.Out}");
        return output.Out;
    }

    [Fact]
    public async Task RunPlanClaimsReport_OfIt_KnowItAndAgree()
    {
        await Run("plan", "experiments/mine2026", "--shards", "1");
        string ran = await Run("run", "experiments/mine2026", "--json");
        string claims = await Run("claims", "list", "--json");
        string report = await Run("report", "--format", "csv", "--out", "-");

        using var run = JsonDocument.Parse(ran);
        using var claimed = JsonDocument.Parse(claims);
        var judged = run.RootElement.GetProperty("cells").EnumerateArray().First();
        var cell = claimed.RootElement[0].GetProperty("cells")[0];
        Assert.StartsWith(Cell, cell.GetProperty("id").GetString());
        Assert.Equal(judged.GetProperty("verdict").GetProperty("reason").GetString(), cell.GetProperty("reason").GetString());
        Assert.Contains(judged.GetProperty("verdict").GetProperty("kind").GetString()!, report.Split('\n').Single(l => l.Contains("mine2026") && l.Contains("acc") && !l.Contains("last")));
    }
}
