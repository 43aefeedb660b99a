using System.Text.Json.Serialization;
using MathNet.Numerics.Random;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>A score with and without the test images that have a twin (the same frame, or its neighbour) in the training split. Context: verdicts stay on the whole test split.</summary>
/// <param name="Audit">Which audit: size of the file that it looked at.</param>
/// <param name="Without">Test images without a twin in training.</param>
/// <param name="With">Those with one.</param>
/// <param name="AccDifference">ACC with a twin minus without, with its 95 % bootstrap interval, stratified by class and twin.</param>
/// <param name="AucDifference">The same of the AUC; null where one side lacks a class.</param>
/// <param name="LabelConflicts">Test images (index from 0) with a twin of another label: one of the two labels is wrong.</param>
public sealed record TwinScores(int Audit, SubsetScore Without, SubsetScore With, Difference? AccDifference, Difference? AucDifference, IReadOnlyList<int> LabelConflicts)
{
    private const int Draws = 2000, Seed = 20250124;
    private const double Tail = 0.025;

    /// <summary>From the audit on record; null where there is none.</summary>
    /// <param name="card">The dataset.</param>
    /// <param name="runs">Scores and labels of its test split, one a run: each number is the mean over the runs, and a draw of the bootstrap has the same images for all.</param>
    public static TwinScores? Of(DatasetCard card, params IReadOnlyList<ScoredSplit> runs)
    {
        if (runs.Count == 0 || AuditCatalog.Find(card) is not { } audit || runs.Any(r => r.Count != card.Splits.Test)) return null;
        var split = runs[0];
        var twins = audit.WithTwinIn(Split.Test, Split.Train).ToHashSet();
        int[] with = [.. Enumerable.Range(0, split.Count).Where(twins.Contains)], without = [.. Enumerable.Range(0, split.Count).Where(i => !twins.Contains(i))];
        var scores = new TwinScores(audit.Size, SubsetScore.Of(runs, without), SubsetScore.Of(runs, with), null, null, audit.InConflict(Split.Test));
        return with.Length == 0 || without.Length == 0 ? scores : scores.WithDifferences(runs, with, without);
    }

    /// <summary>The two scores of one metric, and what a twin makes of them.</summary>
    public TwinEffect Of(Metric metric) => metric == Metric.Acc ? new TwinEffect(Without.Acc, With.Acc, AccDifference) : new TwinEffect(Without.Auc, With.Auc, AucDifference);

    /// <summary>In a sentence without a full stop; says that it is context.</summary>
    /// <param name="metrics">One metric, which the reader knows; several, each by its name; or none, for the images alone.</param>
    public string Words(params IReadOnlyList<Metric> metrics)
    {
        string conflicts = LabelConflicts.Count == 0 ? "" : $"; with a twin of another label: {Conflicts}";
        if (With.Images == 0) return $"no test image has a twin in training{conflicts} (audit of the {Audit} px file)";
        string effects = string.Join("; ", metrics.Where(m => Of(m).Difference is not null).Select(m => Named(m, Effect(Of(m).Difference!))));
        return $"{Scores(e => e.Without)}{Show.Count(Without.Images, "test image")} without a twin in training, {Scores(e => e.With)}{With.Images} with one"
            + $"{(effects.Length > 0 ? $": {effects}" : "")}{conflicts} (audit of the {Audit} px file{(metrics.Count > 0 ? "; the verdict is on all images" : "")})";

        string Scores(Func<TwinEffect, double?> side) => metrics.Count == 0 ? "" : $"{string.Join(", ", metrics.Select(m => Named(m, side(Of(m)) is { } v ? $"{Show.Points(v)} %" : "none")))} on ";
        string Named(Metric metric, string text) => metrics.Count == 1 ? text : $"{metric.Name().ToUpperInvariant()} {text}";
        static string Effect(Difference d) => $"{Show.SignedPoints(d.Value)} points, 95 % interval {Show.SignedPoints(d.Interval.Low)} to {Show.SignedPoints(d.Interval.High)}";
    }

    /// <summary><see cref="LabelConflicts"/> by name: "test/7, test/44".</summary>
    [JsonIgnore]
    public string Conflicts => string.Join(", ", LabelConflicts.Select(i => new ImageRef(Split.Test, i)));

    private TwinScores WithDifferences(IReadOnlyList<ScoredSplit> runs, int[] with, int[] without)
    {
        var (first, second) = (new RedrawnScores(runs, with), new RedrawnScores(runs, without));
        var random = new MersenneTwister(Seed, threadSafe: false);
        var accuracies = new double[Draws];
        var aucs = new List<double>(Draws);
        for (int d = 0; d < Draws; d++)
        {
            var (one, other) = (first.Draw(random), second.Draw(random));
            accuracies[d] = one.Acc - other.Acc;
            if (one.Auc - other.Auc is { } difference) aucs.Add(difference);
        }
        return this with
        {
            AccDifference = Between((With.Acc - Without.Acc)!.Value, accuracies),
            AucDifference = With.Auc - Without.Auc is { } auc && aucs.Count == Draws ? Between(auc, [.. aucs]) : null,
        };
    }

    private static Difference Between(double difference, double[] draws) =>
        new(difference, Interval.OfDraws(draws, Tail));
}

/// <summary>Scores of some of the test images.</summary>
/// <param name="Images">How many.</param>
/// <param name="Acc">Accuracy; null of none.</param>
/// <param name="Auc">AUC; null where a class is absent.</param>
public sealed record SubsetScore(int Images, double? Acc, double? Auc)
{
    internal static SubsetScore Of(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images) =>
        images.Count == 0 ? new SubsetScore(0, null, null) : new SubsetScore(images.Count, Accuracy(runs, images), MeanAuc(runs, images));

    internal static double Accuracy(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images) => runs.Average(split => split.Task == MetricTask.MultiLabel
        ? images.Average(i => Enumerable.Range(0, split.Questions).Average(q => split.Predicts(i, q) == split.IsPositive(i, q) ? 1.0 : 0))
        : images.Average(i => split.PredictedClass(i) == split.TrueClass(i) ? 1.0 : 0));

    internal static double? MeanAuc(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images)
    {
        double sum = 0;
        foreach (var (scores, positive) in runs.SelectMany(split => FileScore.Questions(split, images)))
        {
            if (RocAuc.Of(scores, positive) is not { } auc) return null;
            sum += auc;
        }
        return sum / (runs.Count * runs[0].Questions);
    }
}

/// <summary>One metric with and without twins, fractions.</summary>
/// <param name="Without">On test images without a twin in training; null where it is not defined there.</param>
/// <param name="With">On those with one; null where it is not defined there.</param>
/// <param name="Difference">With minus without; null where one is not defined.</param>
public sealed record TwinEffect(double? Without, double? With, Difference? Difference);

/// <summary>A difference with its interval, fractions.</summary>
/// <param name="Value">First minus second.</param>
/// <param name="Interval">95 %.</param>
public sealed record Difference(double Value, Interval Interval);
