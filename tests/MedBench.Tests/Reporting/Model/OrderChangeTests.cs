using MedBench.Claims.Scoring;
using MedBench.Reporting.Model;
using MedBench.Tests.Reporting.Figures;

namespace MedBench.Tests.Reporting.Model;

public sealed class OrderChangeTests
{
    private static readonly ReportedCell s_probe = Cell("linear-probing", 0.80, 0.79), s_whole = Cell("end-to-end", 0.82, 0.78), s_knn = Cell("knn", 0.70, 0.60);

    [Fact]
    public void Among_MethodsOfOneEncoder_NamesThoseThatChangePlaces()
    {
        var (compared, changes) = OrderChange.Among([s_probe, s_whole, s_knn]);

        Assert.Equal(3, compared);
        Assert.Equal(new OrderChange(s_whole, s_probe), Assert.Single(changes));
    }

    [Fact]
    public void Among_EqualMeans_IsNoChange() => Assert.Empty(OrderChange.Among([s_probe, Cell("end-to-end", 0.80, 0.70)]).Changes);

    [Fact]
    public void Among_OtherEncoders_AreNotCompared() => Assert.Equal((0, 0), (OrderChange.Among([s_probe, Cell("end-to-end", 0.82, 0.78, "vit_small_patch16_224.dino")]) is var (compared, changes) ? (compared, changes.Count) : default));

    private static ReportedCell Cell(string method, double all, double without, string model = "resnet18.a1_in1k")
    {
        var run = SampleRuns.Configuration(model: model, recipe: "doerrich2025", method: method);
        var cell = SampleCells.Of(SampleRuns.Result(run, run.Recipe.Seeds[0], all, weights: SampleRuns.Checkpoint('1'))).Single();
        return cell with { Scores = new CellScores(1, null, null, new TwinScores(64, new SubsetScore(104, without, null), new SubsetScore(52, 0.9, null), null, null, [])) };
    }
}
