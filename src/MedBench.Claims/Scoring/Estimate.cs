using MedBench.Claims.Statistics;

namespace MedBench.Claims.Scoring;

/// <summary>A share or mean of answers on some test images, with its 95 % intervals over other patients.</summary>
/// <param name="Value">A fraction.</param>
/// <param name="Interval">Each image taken for a patient of its own: Wilson's interval of a share, Student's of a mean; null of one image, which has no spread.</param>
/// <param name="OverGroups">The images of a group taken to hang together (<see cref="ClusterMean"/>); null where no groups are known, and of the mean of one group.</param>
public sealed record Estimate(double Value, Interval? Interval, Interval? OverGroups)
{
    private const double Level = 0.95;

    /// <summary>A share of answers; null of none.</summary>
    /// <param name="answers">For each the image and whether it counts; several of one image hang together.</param>
    /// <param name="groupOf">For each image its group; null where none are known.</param>
    internal static Estimate? Share(IEnumerable<(int Image, bool Counts)> answers, IReadOnlyList<int>? groupOf)
    {
        (int Image, double Value)[] values = [.. answers.Select(a => (a.Image, a.Counts ? 1.0 : 0))];
        if (values.Length == 0) return null;
        var share = ClusterMean.Of(values);
        return new Estimate(
            share.Mean, share.Groups == share.Values ? BinomialInterval.Wilson(share.Mean, share.Values, Level) : share.Share(Level),
            groupOf is null ? null : Grouped(values, groupOf).Share(Level));
    }

    /// <summary>A mean.</summary>
    /// <param name="values">For each value the image; at least one.</param>
    /// <param name="groupOf">For each image its group; null where none are known.</param>
    internal static Estimate Mean(IEnumerable<(int Image, double Value)> values, IReadOnlyList<int>? groupOf)
    {
        (int Image, double Value)[] all = [.. values];
        var mean = ClusterMean.Of(all);
        return new Estimate(mean.Mean, mean.Interval(Level), groupOf is null ? null : Grouped(all, groupOf).Interval(Level));
    }

    private static ClusterMean Grouped((int Image, double Value)[] values, IReadOnlyList<int> groupOf) => ClusterMean.Of([.. values.Select(v => (groupOf[v.Image], v.Value))]);
}
