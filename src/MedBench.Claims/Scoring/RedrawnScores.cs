using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>Mean scores of some runs on some of their test images, drawn anew many times.</summary>
internal sealed class RedrawnScores
{
    private readonly int[][] _strata;
    private readonly int[] _times;
    private readonly WeightedScores _scores;

    /// <summary>Sorts.</summary>
    /// <param name="runs">The runs, at least one, of one test split.</param>
    /// <param name="images">The images, at least one.</param>
    internal RedrawnScores(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images)
    {
        var split = runs[0];
        int[] places = [.. Enumerable.Range(0, images.Count)];
        // Images are drawn among those of their class, so that every draw has the same classes.
        _strata = split.Task == MetricTask.MultiLabel ? [places] : [.. places.GroupBy(p => split.TrueClass(images[p])).OrderBy(g => g.Key).Select(g => g.ToArray())];
        _times = new int[images.Count];
        _scores = new WeightedScores(runs, images);
    }

    /// <summary>Draws as many images of each class as there are, with replacement.</summary>
    /// <param name="random">Where chance is from.</param>
    /// <returns>Accuracy, and AUC where every question has images of both kinds.</returns>
    internal (double Acc, double? Auc) Draw(Random random)
    {
        Array.Clear(_times);
        foreach (int[] stratum in _strata)
            // Next(int) of MathNet's generators makes an array a number; the bias of this, 1 in 10 million images, is none.
            for (int i = 0; i < stratum.Length; i++) _times[stratum[(int)(random.NextDouble() * stratum.Length)]]++;
        return _scores.Of(_times);
    }
}
