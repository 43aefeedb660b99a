using MedBench.Data.Randomness;

namespace MedBench.Data.Datasets;

/// <summary>How images without a split are split: whole groups at random, within each class.</summary>
public sealed record OwnSplit
{
    /// <summary>Seed of the draw; 0 or more.</summary>
    public int Seed { get; init; }

    /// <summary>Share of all images to validate on, above 0 and below 1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>Share of all images to test on, above 0 and below 1.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>
    /// A draw of about <paramref name="share"/> of the images: groups in random order within each class (that of the group's first image), taken while they do not exceed the share;
    /// of each class that has three groups or more at least the smallest. The order of the images does not matter.
    /// </summary>
    /// <param name="images">Group and class of each.</param>
    /// <param name="share">Of the images.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>The groups that were drawn.</returns>
    internal static HashSet<string> Draw(IReadOnlyList<(string Group, string Class)> images, double share, int seed)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        var groups = images.GroupBy(i => i.Group).Select(g => (g.Key, Class: g.Min(i => i.Class)!, Count: g.Count()));
        foreach (var stratum in groups.GroupBy(g => g.Class).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var members = stratum.OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
            int wanted = (int)Math.Round(share * members.Sum(g => g.Count)), taken = 0;
            int[] order = [.. new NumpyRandomState((uint)seed).Permutation(members.Length)];
            foreach (int i in order)
            {
                if (taken + members[i].Count > wanted) continue;
                drawn.Add(members[i].Key);
                taken += members[i].Count;
            }
            if (taken == 0 && members.Length >= 3) drawn.Add(members[order.MinBy(i => members[i].Count)].Key);
        }
        return drawn;
    }
}
