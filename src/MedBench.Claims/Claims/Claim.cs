using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>One claim of a paper, with every choice made.</summary>
/// <param name="Id">Paper and name, of <c>[a-z0-9/.-]</c>, for example <c>wu2025/vits-beat-cnns/acc</c>.</param>
/// <param name="Paper">Who makes it.</param>
/// <param name="Entry">What its file says, <see cref="ClaimEntry.Where"/> with the values of <see cref="ClaimEntry.ForEach"/>.</param>
/// <param name="Location">File, line and column.</param>
public sealed record Claim(string Id, string Paper, ClaimEntry Entry, string Location)
{
    private const string PublishedPrefix = "published:";

    /// <summary>In words.</summary>
    public string Statement => Entry.Statement;

    /// <summary>How it is tested.</summary>
    public ClaimKind Kind => Entry.Kind;

    /// <summary>The paper on whose printed numbers it is tested; null for our own runs.</summary>
    public string? PublishedBy => Entry.Evidence.StartsWith(PublishedPrefix, StringComparison.Ordinal) ? Entry.Evidence[PublishedPrefix.Length..] : null;

    /// <summary>Weights that were tested.</summary>
    public TestedWeights Weights => Entry.Weights;
}
