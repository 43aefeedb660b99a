using System.Globalization;
using MedBench.Core.Files;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.ClaimTests;

/// <summary>The way from a published number to a run made for it, on a paper of two small cells: in a process of its own, as <c>dotnet test</c> goes it.</summary>
[Collection(ClaimCollection.Name)]
public sealed class TrainingTests : IDisposable
{
    private const string Neighbours = "DisplayName~tiny/synthetic/knn", Trained = "DisplayName~tiny/synthetic/from-scratch";

    private readonly ExpectedFolder _expected = new();
    private readonly string _experiments = Directory.CreateTempSubdirectory("medbench-experiments-").FullName;
    private readonly string _results = Directory.CreateTempSubdirectory("medbench-results-").FullName;

    public TrainingTests()
    {
        _expected.Append("papers.csv", "tiny,A paper made up for a test,,synthetic");
        _expected.Append("models.csv", "tiny,resnet18.cifar,resnet18.cifar,cnn,");
        Print(0.01);
        Directory.CreateDirectory(Path.Combine(_experiments, "tiny"));
        AtomicFile.WriteText(Path.Combine(_experiments, "tiny", "tiny.yaml"), """
            schema: 1
            version: 1
            paper: tiny
            title: Two small cells
            question: Does a test train what it needs?
            source: a test
            recipe: demo
            grids:
              - tier: demo
                datasets: [synthetic]
                models: [resnet18.cifar]
                sizes: [16]
                methods: [knn]
              - tier: demo
                datasets: [synthetic]
                models: [resnet18.cifar]
                sizes: [16]
                methods: [from-scratch]
                subsets: [1-shot]
                seeds: [0]
            """);
    }

    public void Dispose()
    {
        _expected.Dispose();
        Directory.Delete(_experiments, recursive: true);
        Directory.Delete(_results, recursive: true);
    }

    [Fact]
    public void Cell_NotRun_IsRunWhereTheTierAllowsAndThenTakenFromTheStore()
    {
        var none = Run(Neighbours, "none");
        Assert.Equal((0, 0), (none.ExitCode, Stored().Length));
        Assert.Contains("| time | 1 |", File.ReadAllText(_expected.Summary));

        var wrong = Run(Neighbours, "demo");
        var run = Assert.Single(Stored());
        Assert.Equal(1, wrong.ExitCode);
        Assert.Matches("deviates: a deterministic value .*, and the printed one cannot be reached", wrong.Output);

        Print(run.Test(Metric.Acc)!.Value);
        var right = Run(Neighbours, "demo");
        Assert.Equal(0, right.ExitCode);
        Assert.Matches("Passed: +1", right.Output);
        // Not made again.
        Assert.Equal(run.FinishedUtc, Assert.Single(Stored()).FinishedUtc);
    }

    [Fact]
    public void Cell_TrainedOnce_IsJudgedAndTooCostlyOneIsNot()
    {
        var costly = Run(Trained, "demo", ("MEDBENCH_MAX_COST", "1s"));
        Assert.Equal((0, 0), (costly.ExitCode, Stored().Length));
        Assert.Contains("more than MEDBENCH_MAX_COST leaves", File.ReadAllText(_expected.Summary));

        var trained = Run(Trained, "demo", ("MEDBENCH_MAX_COST", "1h"));
        Assert.Equal(8, Assert.Single(Stored()).Evaluations.Count);
        Assert.Equal(1, trained.ExitCode);
        Assert.Contains("deviates: gap +", trained.Output);
    }

    private RunResult[] Stored() => [.. new ResultsStore(_results).All()];

    private (int ExitCode, string Output) Run(string filter, string tier, params IReadOnlyList<(string, string)> more) => SelfTest.Run(
        _expected, filter, [("MEDBENCH_EXPERIMENTS", _experiments), ("MEDBENCH_RESULTS", _results), ("MEDBENCH_TIER", tier), .. more]);

    // Of a single printed run, which k-NN must hit but for its decimals.
    private void Print(double accuracy) => _expected.Write("tiny/results.csv", string.Create(CultureInfo.InvariantCulture, $"""
        dataset,method,model,resolution,metric,mean,std,ddof,n,unit,source,extraction,variant
        synthetic,knn,resnet18.cifar,16,acc,{accuracy:F4},,,1,fraction,a test,computed,
        synthetic,from-scratch,resnet18.cifar,16,acc,0.0100,0.001,1,5,fraction,a test,computed,1-shot

        """));
}
