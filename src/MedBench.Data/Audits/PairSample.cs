using MedBench.Data.Randomness;

namespace MedBench.Data.Audits;

/// <summary>Some of an audit's pairs for a person to judge: the share of them that show the same estimates the audit's precision.</summary>
public static class PairSample
{
    private const int Seed = 20250124;

    /// <summary>
    /// The twins, from the most alike to the least, cut into <paramref name="count"/> stretches of equal length (but for one pair), and one of each by chance, always the same: the sample covers
    /// the whole range, and a pair is in it as likely as any other. Equal and turned images are none of it: they need no eye.
    /// </summary>
    /// <param name="audit">The audit.</param>
    /// <param name="count">Pairs wanted, at least 1; all of them where there are fewer.</param>
    public static IReadOnlyList<ImagePair> Of(DatasetAudit audit, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ImagePair[] twins = [.. audit.Pairs.Where(p => p.Kind == PairKind.Twin)];
        if (twins.Length <= count) return twins;
        var random = SplitMix64.From(Seed, twins.Length, count);
        return [.. Enumerable.Range(0, count).Select(i => Start(i) is var start ? twins[start + random.Next(Start(i + 1) - start)] : null!)];

        int Start(int stretch) => (int)((long)stretch * twins.Length / count);
    }
}
