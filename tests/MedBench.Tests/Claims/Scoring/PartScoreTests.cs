using System.Text;
using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Claims.Scoring;

public sealed class PartScoreTests : IDisposable
{
    private static readonly DatasetCard s_card = DatasetCatalog.Get("breastmnist");
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MetricTask.Binary, 1)]
    [InlineData(MetricTask.MultiClass, 3)]
    [InlineData(MetricTask.MultiLabel, 3)]
    public void Of_Parts_AreTheScoresOfTheirImagesAlone(MetricTask task, int width)
    {
        var chance = new Random(2);
        int[] labels = [.. Enumerable.Range(0, task == MetricTask.MultiLabel ? 60 * width : 60).Select(i => i % (task == MetricTask.MultiClass ? width : 2))];
        double[] scores = [.. Enumerable.Range(0, 60 * width).Select(_ => chance.NextDouble())];
        var split = ScoredSplit.Create<int, double>(task, labels, scores, 60, width);
        int labelWidth = labels.Length / 60;

        var parts = PartScore.Of(split, [.. Enumerable.Range(0, split.Classes).Select(c => $"{c}")], new ImagePartition("half", ["first", "second"], [.. Enumerable.Range(0, 60).Select(i => i / 25 == 0 ? 0 : 1)]), null);

        Assert.Equal([25, 35], parts.Select(p => p.Images));
        var alone = Evaluator.Detail<int, double>(task, labels.AsSpan(25 * labelWidth), scores.AsSpan(25 * width), 35, width);
        Assert.Equal(alone.Headline.Accuracy, parts[1].Acc.Value, 1e-12);
        Assert.Equal(alone.Headline.Auc, parts[1].Auc);
        Assert.Equal(alone.ExpectedCalibrationError, parts[1].CalibrationError);
        Assert.Equal(alone.Classes.Select(c => c.Recall), parts[1].Classes.Select(c => c.Recall?.Value));
        Assert.Equal(split.Decisions().Count(d => d.Right), parts.Sum(p => p.Right));
        if (task != MetricTask.MultiLabel) Assert.Equal(BinomialInterval.Wilson(alone.Headline.Accuracy, 35, 0.95), parts[1].Acc.Interval);
        Assert.Null(parts[0].Groups);
        Assert.Null(parts[0].Acc.OverGroups);
    }

    [Fact]
    public void Sheet_WithGroups_HasPartsAndIntervalsOverGroups()
    {
        int[] labels = [.. Enumerable.Range(0, 156).Select(i => i < 42 ? 0 : 1)];
        var chance = new Random(4);
        double[] yes = [.. labels.Select(l => (l + chance.NextDouble()) / 2 * 0.8 + 0.1)];
        string scores = _folder.Write("a.csv", Encoding.UTF8.GetBytes(string.Concat(yes.Select((y, i) => FormattableString.Invariant($"{i},{1 - y:R},{y:R}\n")))));
        // Patients of three neighbours each.
        string ids = _folder.Write("ids.csv", Encoding.UTF8.GetBytes("index,group,site\n" + string.Concat(labels.Select((_, i) => $"{i},p{i / 3},{(i % 2 == 0 ? "north" : "south")}\n"))));

        var score = ScoreSheet.Of([scores], s_card, (labels, "test"), Breakdown.Of(["class", "site", "group-size", "site"], GroupFile.Read(ids, s_card))).Files.Single();

        Assert.Equal((52, 3), (score.OverGroups!.Groups, score.OverGroups.Largest));
        Assert.InRange(score.Acc, score.OverGroups.Acc.Low, score.OverGroups.Acc.High);
        Assert.Equal(["site", "group-size"], score.By.Select(b => b.By));
        Assert.Equal([("north", 78, 52), ("south", 78, 52)], score.By[0].Parts.Select(p => (p.Value, p.Images, p.Groups!.Value)));
        Assert.Equal([("2-3", 156)], score.By[1].Parts.Select(p => (p.Value, p.Images)));
        // The one part has all images.
        Assert.Equal((score.Auc, score.AucPatients, score.OverGroups.Auc), (score.By[1].Parts[0].Auc, score.By[1].Parts[0].AucInterval, score.By[1].Parts[0].AucOverGroups));
        Assert.Equal([14, 38], score.ByClass!.Select(c => c.Groups!.Value));
        Assert.All(score.ByClass!, c => Assert.True(c.Recall!.OverGroups!.Value.Low <= c.Recall.Interval!.Value.Low + 1e-12));
    }

    [Fact]
    public void Breakdown_OneImageAGroup_HasNoGroups()
    {
        string ids = _folder.Write("ids.csv", Encoding.UTF8.GetBytes("index,group\n" + string.Concat(Enumerable.Range(0, 156).Select(i => $"{i},p{i}\n"))));
        Assert.Null(Breakdown.Of([], GroupFile.Read(ids, s_card)).GroupOf);
    }

    [Fact]
    public void Breakdown_WithoutTestImages_SaysSo()
    {
        string ids = _folder.Write("ids.csv", Encoding.UTF8.GetBytes("split,index,group\n" + string.Concat(Enumerable.Range(0, 78).Select(i => $"val,{i},p{i}\n"))));
        Assert.Contains("has no test images", Assert.Throws<MedBenchException>(() => Breakdown.Of([], GroupFile.Read(ids, s_card))).Message);
    }
}
