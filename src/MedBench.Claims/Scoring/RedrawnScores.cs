using MedBench.Training.Metrics;

namespace MedBench.Claims.Scoring;

/// <summary>Mean scores of some runs on some of their test images, drawn anew many times: sorted once, so that a draw costs one pass and not one sort a run.</summary>
internal sealed class RedrawnScores
{
    private readonly int[][] _strata;
    private readonly int[] _times, _right;
    private readonly double _answers;
    private readonly Ranking[] _rankings;

    /// <summary>Sorts.</summary>
    /// <param name="runs">The runs, at least one, of one test split.</param>
    /// <param name="images">The images, at least one.</param>
    internal RedrawnScores(IReadOnlyList<ScoredSplit> runs, IReadOnlyList<int> images)
    {
        var split = runs[0];
        bool multiLabel = split.Task == MetricTask.MultiLabel;
        int[] places = [.. Enumerable.Range(0, images.Count)];
        // Images are drawn among those of their class, so that every draw has the same classes.
        _strata = multiLabel ? [places] : [.. places.GroupBy(p => split.TrueClass(images[p])).OrderBy(g => g.Key).Select(g => g.ToArray())];
        _times = new int[images.Count];
        _right = [.. images.Select(i => runs.Sum(run => multiLabel
            ? Enumerable.Range(0, run.Questions).Count(q => run.Predicts(i, q) == run.IsPositive(i, q))
            : run.PredictedClass(i) == run.TrueClass(i) ? 1 : 0))];
        _answers = (double)images.Count * runs.Count * (multiLabel ? split.Questions : 1);
        _rankings = [.. runs.SelectMany(run => Enumerable.Range(0, run.Questions).Select(q => Ranking.Of(run, q, images)))];
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
        long right = 0;
        for (int i = 0; i < _times.Length; i++) right += (long)_times[i] * _right[i];
        double sum = 0;
        foreach (var ranking in _rankings)
        {
            if (ranking.Auc(_times) is not { } auc) return (right / _answers, null);
            sum += auc;
        }
        return (right / _answers, sum / _rankings.Length);
    }

    // One run and question: the images by score, and for each whether the next one has another score.
    private sealed record Ranking(int[] Places, bool[] Last, bool[] Positive)
    {
        internal static Ranking Of(ScoredSplit run, int question, IReadOnlyList<int> images)
        {
            double[] scores = [.. images.Select(i => run.Score(i, question))];
            int[] places = [.. Enumerable.Range(0, scores.Length)];
            Array.Sort(scores, places);
            return new Ranking(places, [.. scores.Select((s, i) => i == scores.Length - 1 || scores[i + 1] != s)], [.. places.Select(p => run.IsPositive(images[p], question))]);
        }

        // RocAuc.Of, of images that come several times.
        internal double? Auc(int[] times)
        {
            long twiceWon = 0, negatives = 0, positives = 0, tiedPositives = 0, tiedNegatives = 0;
            for (int i = 0; i < Places.Length; i++)
            {
                if (Positive[i]) tiedPositives += times[Places[i]];
                else tiedNegatives += times[Places[i]];
                if (!Last[i]) continue;
                twiceWon += tiedPositives * (2 * negatives + tiedNegatives);
                (negatives, positives, tiedNegatives, tiedPositives) = (negatives + tiedNegatives, positives + tiedPositives, 0, 0);
            }
            return positives == 0 || negatives == 0 ? null : twiceWon / (2.0 * positives * negatives);
        }
    }
}
