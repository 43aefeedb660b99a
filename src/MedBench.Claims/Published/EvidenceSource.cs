using MedBench.Core.Errors;

namespace MedBench.Claims.Published;

/// <summary>What kind of evidence a verdict rests on.</summary>
public enum EvidenceKind
{
    /// <summary>Our runs: the results store and the kept records.</summary>
    Runs,

    /// <summary>The numbers that a paper prints.</summary>
    Published,

    /// <summary>Other people's single runs, or their means with std and n.</summary>
    Independent,

    /// <summary>Predictions that a paper's authors released, rescored by us.</summary>
    Released,
}

/// <summary>Whose numbers a claim is tested on; written <c>runs</c>, <c>published:doerrich2025</c>, <c>independent:pecco2026</c> or <c>released:yang2023</c>.</summary>
/// <param name="Kind">What kind of numbers.</param>
/// <param name="Of">The paper or study; null for our runs.</param>
public sealed record EvidenceSource(EvidenceKind Kind, string? Of = null)
{
    /// <summary>Our own runs.</summary>
    public static EvidenceSource OurRuns { get; } = new(EvidenceKind.Runs);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">For example <c>independent:pecco2026</c>.</param>
    /// <param name="papers">Papers and studies on record.</param>
    /// <exception cref="MedBenchException">Another kind, or a paper that is not on record.</exception>
    public static EvidenceSource Parse(string text, IReadOnlyCollection<string> papers)
    {
        if (text == $"{OurRuns}")
            return OurRuns;
        string[] parts = text.Split(':', 2);
        foreach (var kind in Enum.GetValues<EvidenceKind>().Except([EvidenceKind.Runs]))
        {
            if (parts is [var word, var paper] && word == Word(kind))
                return papers.Contains(paper) ? new EvidenceSource(kind, paper) : throw Names.Unknown("paper or study", paper, papers);
        }
        throw new MedBenchException($"the evidence '{text}' is not known", "write runs, published:PAPER, independent:STUDY or released:PAPER, with a row of papers.csv");
    }

    /// <summary>As a claim's file writes it.</summary>
    public override string ToString() => Of is null ? Word(Kind) : $"{Word(Kind)}:{Of}";

    private static string Word(EvidenceKind kind) => kind.ToString().ToLowerInvariant();
}
