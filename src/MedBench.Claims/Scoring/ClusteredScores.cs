using MathNet.Numerics.Random;
using MedBench.Claims.Statistics;
using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>
/// 95 % intervals over other groups (patients, lesions) where a group has several images: percentiles of a cluster bootstrap, in which whole groups are drawn, each among those that have
/// the same rarest class, so that every draw has all classes; of multi-label among all. The network stays as it is.
/// </summary>
/// <param name="Groups">How many groups the images have.</param>
/// <param name="Largest">Images of the largest.</param>
/// <param name="Acc">Of the accuracy, a fraction.</param>
/// <param name="Auc">Of the AUC; null where it is not defined, or was not in one of the draws.</param>
/// <param name="Draws">How many draws.</param>
/// <param name="Seed">The intervals are a function of it.</param>
public sealed record ClusteredScores(int Groups, int Largest, Interval Acc, Interval? Auc, int Draws, int Seed)
{
    private const int DrawCount = 2000, FixedSeed = 20250124;
    private const double Tail = 0.025;

    /// <summary>Draws.</summary>
    /// <param name="split">The scores.</param>
    /// <param name="groupOf">For each image its group, any number.</param>
    /// <returns>Null of one group.</returns>
    internal static ClusteredScores? Of(ScoredSplit split, IReadOnlyList<int> groupOf)
    {
        bool multiLabel = split.Task == MetricTask.MultiLabel;
        int[][] groups = [.. Enumerable.Range(0, split.Count).GroupBy(i => groupOf[i]).Select(g => g.ToArray())];
        if (groups.Length < 2) return null;
        int[] images = new int[split.Classes];
        if (!multiLabel)
            for (int i = 0; i < split.Count; i++) images[split.TrueClass(i)]++;
        var bootstrap = new ClusterBootstrap(groups.Select(g => (multiLabel ? 0 : g.Select(split.TrueClass).MinBy(c => images[c]), g)));
        var scores = new WeightedScores([split], [.. Enumerable.Range(0, split.Count)]);

        var random = new MersenneTwister(FixedSeed, threadSafe: false);
        int[] times = new int[split.Count];
        double[] accs = new double[DrawCount];
        var aucs = new List<double>(DrawCount);
        for (int d = 0; d < DrawCount; d++)
        {
            bootstrap.Draw(random, times);
            // Groups differ in size, so that a draw has more or fewer images than there are.
            (accs[d], var drawn) = scores.Of(times);
            if (drawn is { } auc) aucs.Add(auc);
        }
        return new ClusteredScores(groups.Length, groups.Max(g => g.Length), Interval.OfDraws(accs, Tail), aucs.Count == DrawCount ? Interval.OfDraws(aucs, Tail) : null, DrawCount, FixedSeed);
    }
}
