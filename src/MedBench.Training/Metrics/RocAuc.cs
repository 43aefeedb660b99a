namespace MedBench.Training.Metrics;

/// <summary>Area under the ROC curve by ranks (Mann-Whitney U), ties counted half: equal to scikit-learn's trapezoid rule.</summary>
public static class RocAuc
{
    /// <summary>P(score of a positive &gt; score of a negative) + half P(equal), in O(n log n).</summary>
    /// <param name="scores">One finite score an image.</param>
    /// <param name="positive">Same length.</param>
    /// <returns>A value in [0, 1], or null where one of the two kinds is absent.</returns>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length)
            throw new ArgumentException($"{scores.Length} scores but {positive.Length} labels");

        double[] sorted = scores.ToArray();
        bool[] isPositive = positive.ToArray();
        Array.Sort(sorted, isPositive);

        // Twice the number of (negative, positive) pairs in the right order: an integer, so nothing is rounded before the end.
        long twiceWon = 0, negativesBelow = 0, positives = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            long tiedPositives = 0;
            for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                if (isPositive[end])
                    tiedPositives++;
            }
            long tiedNegatives = end - start - tiedPositives;
            twiceWon += tiedPositives * (2 * negativesBelow + tiedNegatives);
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
        }
        return positives == 0 || negativesBelow == 0 ? null : twiceWon / (2.0 * positives * negativesBelow);
    }
}
