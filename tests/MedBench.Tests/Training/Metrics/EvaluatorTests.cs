using System.Text.Json;
using CsCheck;
using MedBench.Core.Errors;
using MedBench.Training.Metrics;

namespace MedBench.Tests.Training.Metrics;

public sealed class EvaluatorTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 6)];

    [Theory, MemberData(nameof(Cases))]
    public void Evaluate_GoldenCase_EqualsScikitLearn(int index)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics.json")));
        var cases = golden.RootElement.GetProperty("cases");
        Assert.Equal(6, cases.GetArrayLength());
        var one = cases[index];
        var task = one.GetProperty("task").GetString() switch
        {
            "multi-class" => MetricTask.MultiClass,
            "binary" => MetricTask.Binary,
            _ => MetricTask.MultiLabel,
        };
        byte[] labels = [.. Rows(one, "labels").SelectMany(row => row).Select(v => v.GetByte())];
        double[][] rows = [.. Rows(one, "scores").Select(row => row.Select(v => v.GetDouble()).ToArray())];

        var scores = Evaluator.Evaluate<byte, double>(task, labels, rows.SelectMany(r => r).ToArray(), rows.Length, rows[0].Length);

        Assert.Equal(one.GetProperty("acc").GetDouble(), scores.Accuracy, 1e-12);
        Assert.Equal(one.GetProperty("auc").GetDouble(), scores.Auc!.Value, 1e-12);
        Assert.Null(scores.AucUndefined);
    }

    [Fact]
    public void Evaluate_BinaryWithTwoColumns_TakesTheLast()
    {
        float[] two = [0.9f, 0.1f, 0.4f, 0.6f, 0.3f, 0.7f, 0.8f, 0.2f], one = [0.1f, 0.6f, 0.7f, 0.2f];
        byte[] labels = [0, 1, 0, 1];

        Assert.Equal(Evaluator.Evaluate<byte, float>(MetricTask.Binary, labels, one, 4, 1), Evaluator.Evaluate<byte, float>(MetricTask.Binary, labels, two, 4, 2));
        Assert.Equal(0.5, Evaluator.Evaluate<byte, float>(MetricTask.Binary, labels, one, 4, 1).Accuracy);
    }

    [Fact]
    public void Evaluate_ScoreOfExactlyOneHalf_IsNo()
    {
        Assert.Equal(0.5, Evaluator.Evaluate<int, float>(MetricTask.Binary, [0, 1], [0.5f, 0.5f], 2, 1).Accuracy);
        Assert.Equal(0.5, Evaluator.Evaluate<int, float>(MetricTask.MultiLabel, [0, 1, 1, 0], [0.5f, 0.5f, 0.5f, 0.5f], 2, 2).Accuracy);
    }

    [Fact]
    public void Evaluate_EqualHighestScores_FirstClassIsPredicted() =>
        Assert.Equal(0.5, Evaluator.Evaluate<int, double>(MetricTask.MultiClass, [0, 1], [0.5, 0.5, 0.5, 0.5], 2, 2).Accuracy);

    [Theory]
    [InlineData(MetricTask.MultiClass, new[] { 0, 1, 0 }, 3, "no image of class 2")]
    [InlineData(MetricTask.MultiClass, new[] { 1, 1 }, 2, "no image of class 0; all 2 images are of class 1")]
    [InlineData(MetricTask.Binary, new[] { 1, 1 }, 1, "all 2 images are of class 1")]
    [InlineData(MetricTask.MultiLabel, new[] { 0, 1, 0, 1 }, 2, "no image has label 0; every image has label 1")]
    public void Evaluate_ClassAbsent_AucIsNullWithReason(MetricTask task, int[] labels, int width, string reason)
    {
        int count = task == MetricTask.MultiLabel ? labels.Length / width : labels.Length;
        double[] scores = [.. Enumerable.Range(0, count * width).Select(i => i / 10.0)];

        var result = Evaluator.Evaluate<int, double>(task, labels, scores, count, width);

        Assert.Null(result.Auc);
        Assert.Equal(reason, result.AucUndefined);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Evaluate_ScoreNotFinite_NamesImageAndScore(double bad)
    {
        var error = Assert.Throws<MedBenchException>(() => Evaluator.Evaluate<int, double>(MetricTask.MultiClass, [0, 1], [0.1, 0.9, 0.3, bad], 2, 2));
        Assert.Contains("score 1 of image 1", error.Message);
    }

    [Theory]
    [InlineData(MetricTask.MultiClass, 3)]
    [InlineData(MetricTask.MultiClass, -1)]
    [InlineData(MetricTask.Binary, 2)]
    public void Evaluate_LabelOutOfRange_NamesImage(MetricTask task, int label)
    {
        int width = task == MetricTask.Binary ? 1 : 3;
        var error = Assert.Throws<MedBenchException>(() => Evaluator.Evaluate<int, double>(task, [0, label], new double[2 * width], 2, width));
        Assert.Contains($"label {label} of image 1", error.Message);
    }

    [Fact]
    public void Evaluate_LengthsDisagree_Throws()
    {
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate<int, double>(MetricTask.MultiClass, [0, 1], new double[5], 2, 3));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate<int, double>(MetricTask.MultiLabel, [0, 1], new double[6], 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluator.Evaluate<int, double>(MetricTask.MultiClass, [], [], 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluator.Evaluate<int, double>(MetricTask.Binary, [0], new double[3], 1, 3));
    }

    [Fact]
    public void RocAuc_AnyScores_EqualsPairCounting() =>
        Gen.Select(Gen.Int[0, 6], Gen.Bool).Array[1, 40].Sample(pairs =>
        {
            double[] scores = [.. pairs.Select(p => p.Item1 / 7.0)];
            bool[] positive = [.. pairs.Select(p => p.Item2)];
            var wins = from p in pairs where p.Item2 from n in pairs where !n.Item2 select p.Item1 > n.Item1 ? 1 : p.Item1 == n.Item1 ? 0.5 : 0;
            var list = wins.ToList();

            double? auc = RocAuc.Of(scores, positive);

            return list.Count == 0 ? auc is null : Math.Abs(auc!.Value - list.Average()) < 1e-12;
        });

    [Fact]
    public void RocAuc_LargeSplit_DoesNotOverflow()
    {
        const int Count = 400_000;
        double[] scores = [.. Enumerable.Range(0, Count).Select(i => (double)i)];
        bool[] positive = [.. Enumerable.Range(0, Count).Select(i => i >= Count / 2)];

        Assert.Equal(1.0, RocAuc.Of(scores, positive));
    }

    private static IEnumerable<IEnumerable<JsonElement>> Rows(JsonElement one, string name) =>
        one.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().AsEnumerable());
}
