namespace MedBench.Claims.Statistics;

/// <summary>The area under the ROC curve of images that count several times or not at all: sorted once, so that a draw of a bootstrap costs one pass.</summary>
internal sealed class WeightedAuc
{
    private readonly int[] _places;
    private readonly bool[] _positive, _last;

    /// <summary>Sorts.</summary>
    /// <param name="scores">One finite score an image.</param>
    /// <param name="positive">Same length.</param>
    internal WeightedAuc(double[] scores, bool[] positive)
    {
        double[] sorted = [.. scores];
        _places = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(sorted, _places);
        _positive = [.. _places.Select(p => positive[p])];
        // Whether the next one has another score.
        _last = [.. sorted.Select((s, i) => i == sorted.Length - 1 || sorted[i + 1] != s)];
    }

    /// <summary>P(score of a positive &gt; score of a negative) + half P(equal), in O(n); null where one of the two kinds is absent.</summary>
    /// <param name="times">How often each image counts.</param>
    internal double? Of(int[] times)
    {
        long twiceWon = 0, negatives = 0, positives = 0, tiedPositives = 0, tiedNegatives = 0;
        for (int i = 0; i < _places.Length; i++)
        {
            if (_positive[i]) tiedPositives += times[_places[i]];
            else tiedNegatives += times[_places[i]];
            if (!_last[i]) continue;
            twiceWon += tiedPositives * (2 * negatives + tiedNegatives);
            (negatives, positives, tiedNegatives, tiedPositives) = (negatives + tiedNegatives, positives + tiedPositives, 0, 0);
        }
        return positives == 0 || negatives == 0 ? null : twiceWon / (2.0 * positives * negatives);
    }
}
