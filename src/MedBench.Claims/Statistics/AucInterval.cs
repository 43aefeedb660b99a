using MathNet.Numerics.Distributions;

namespace MedBench.Claims.Statistics;

/// <summary>How far an AUC would move with other patients from the same source, the network kept: an estimate with its standard error. Never to be mixed with the noise between seeds.</summary>
/// <param name="Auc">In [0, 1]: of one yes/no question, or the mean over several (MedMNIST's macro average).</param>
/// <param name="StandardError">Of <paramref name="Auc"/>.</param>
public sealed record AucInterval(double Auc, double StandardError)
{
    /// <summary>
    /// DeLong, DeLong and Clarke-Pearson (1988), by ranks (Sun and Xu 2014), from one score an image and question.
    /// Over several questions (one class against the rest, or one finding each) the macro average is treated like one statistic:
    /// what an image adds to each AUC is averaged first, so that the questions' correlation on shared images counts.
    /// With one question this is DeLong's variance exactly.
    /// </summary>
    /// <param name="questions">For each question the scores of "yes", one an image in the same order, and whether the truth is "yes".</param>
    /// <returns>Null where a question has fewer than two images of either kind: then there is no variance.</returns>
    public static AucInterval? DeLong(IReadOnlyList<(double[] Scores, bool[] Positive)> questions)
    {
        ArgumentOutOfRangeException.ThrowIfZero(questions.Count);
        double[] influence = new double[questions[0].Scores.Length];
        double sum = 0;
        foreach (var (scores, positive) in questions)
        {
            int positives = positive.Count(p => p), negatives = positive.Length - positives;
            if (positives < 2 || negatives < 2)
                return null;
            // Twice the mid-ranks, so that they are whole.
            long[] all = DoubledRanks(scores);
            long[] ofPositives = DoubledRanks([.. scores.Where((_, i) => positive[i])]), ofNegatives = DoubledRanks([.. scores.Where((_, i) => !positive[i])]);
            double[] placements = new double[scores.Length];
            for (int i = 0, p = 0, n = 0; i < scores.Length; i++)
                placements[i] = positive[i] ? (all[i] - ofPositives[p++]) / (2.0 * negatives) : 1 - (all[i] - ofNegatives[n++]) / (2.0 * positives);
            double auc = placements.Where((_, i) => positive[i]).Average();
            sum += auc;
            double ofPositive = 1 / Math.Sqrt((double)positives * (positives - 1)), ofNegative = 1 / Math.Sqrt((double)negatives * (negatives - 1));
            for (int i = 0; i < influence.Length; i++)
                influence[i] += (placements[i] - auc) * (positive[i] ? ofPositive : ofNegative);
        }
        return new AucInterval(sum / questions.Count, Math.Sqrt(influence.Sum(v => v * v)) / questions.Count);
    }

    /// <summary>
    /// Hanley and McNeil (1982) from the AUC and the number of images alone, under their exponential model: for a printed AUC, whose scores are not at hand.
    /// Over several questions each is given the printed mean, and the mean of their standard errors is taken: the largest that a mean of correlated AUCs can have.
    /// </summary>
    /// <param name="auc">In [0, 1].</param>
    /// <param name="questions">For each question the images whose truth is "yes" and "no", at least one each.</param>
    public static AucInterval HanleyMcNeil(double auc, IReadOnlyList<(int Positives, int Negatives)> questions)
    {
        ArgumentOutOfRangeException.ThrowIfZero(questions.Count);
        double q1 = auc / (2 - auc), q2 = 2 * auc * auc / (1 + auc);
        return new AucInterval(auc, questions.Average(q => Math.Sqrt(
            (auc * (1 - auc) + (q.Positives - 1) * (q1 - auc * auc) + (q.Negatives - 1) * (q2 - auc * auc)) / ((double)q.Positives * q.Negatives))));
    }

    /// <summary>Two-sided interval by the normal distribution, cut to [0, 1].</summary>
    /// <param name="level">Coverage, for example 0.95.</param>
    public Interval Interval(double level)
    {
        double half = Normal.InvCDF(0, 1, (1 + level) / 2) * StandardError;
        return new Interval(Math.Max(0, Auc - half), Math.Min(1, Auc + half));
    }

    private static long[] DoubledRanks(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        long[] ranks = new long[scores.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
            }
            for (int i = start; i < end; i++)
                ranks[order[i]] = start + 1L + end;
        }
        return ranks;
    }
}
