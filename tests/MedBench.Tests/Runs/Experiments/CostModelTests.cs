using MedBench.Claims.Published;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Experiments;

public sealed class CostModelTests
{
    private static readonly IReadOnlyList<ExperimentCell> s_cells = [.. ExperimentCatalog.BuiltIn(PublishedResults.Load().Catalog).SelectMany(f => f.Cells)];

    [Fact]
    public void Work_OfKnn_IsOnePassOverTrainAndTest()
    {
        var cell = Cell("doerrich2025/breastmnist/knn/resnet18.a1-in1k/28");
        Assert.Equal(new RunWork(1.81 * (546 + 156), 0), RunWork.Of(cell.Run));
    }

    [Fact]
    public void Work_OfFromScratch_IsThreePassesAnEpoch()
    {
        var work = RunWork.Of(Cell("yang2023/breastmnist/from-scratch/resnet18.cifar/28").Run);
        Assert.Equal(0.46 * (100 * 3 * 546 + 100 * 78 + 2 * 156), work.PerSeed, 6);
    }

    [Fact]
    public void Work_OfTheReleasedLinearProbe_IsEveryIteration()
    {
        // 546 // 64 = 8 iterations an epoch, 15,000 // 8 epochs; the ViT's features do not change and are cached.
        var live = RunWork.Of(Cell("wu2025/breastmnist/linear-probing/resnet18.a1-in1k/224").Run);
        Assert.Equal(1.81 * (8 * 64 * 1875 + 10 * 78 + 2 * 156), live.PerSeed, 6);
        Assert.Equal(0, RunWork.Of(Cell("wu2025/breastmnist/linear-probing/vit-small-patch16-224.dino/224").Run).PerSeed);
    }

    [Fact]
    public void Seconds_SharedFeatures_ArePaidOnce()
    {
        var model = CostModel.For("cpu", []);
        var cell = Cell("wu2025/breastmnist/linear-probing/vit-small-patch16-224.dino/224");
        double alone = model.Seconds(cell, 3);
        Assert.InRange(model.Seconds([(cell, 3), (cell, 3)]), alone, 1.5 * alone);
        Assert.Equal(0, model.Seconds(cell, 0));
    }

    [Fact]
    public void For_FinishedRuns_TeachTheRate()
    {
        var expected = ExpectedFiles.Open();
        var records = expected.Paths.Where(p => p.StartsWith("measured/yang2023/", StringComparison.Ordinal)).Select(p => StrictJson.Read<RunResult>(expected.Bytes(p), p)).ToList();
        var model = CostModel.For("cpu", records);
        Assert.Contains($"{records.Count(r => r.Environment.Device == "cpu")} finished runs", model.Basis, StringComparison.Ordinal);

        var cell = Cell("yang2023/breastmnist/from-scratch/resnet18.cifar/28");
        double[] took = [.. records.Where(r => cell.Includes(r.Spec)).Select(r => r.Seconds["total"])];
        Assert.InRange(model.Seconds(cell, 1), 0.8 * took.Min(), 1.25 * took.Max());
        // Runs on a GPU are among them, but not on one that this machine has.
        Assert.Contains(records, r => r.Environment.Gpu is not null);
        if (Gpu.Name(0) is null) Assert.Contains("assumed", CostModel.For("cuda", records).Basis, StringComparison.Ordinal);
    }

    private static ExperimentCell Cell(string id) => s_cells.First(c => c.Id == id);
}
