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

    /// <summary>The audits of data files: what their images show, whatever is trained on them.</summary>
    Audits,
}

/// <summary>Whose numbers a claim is tested on; written <c>runs</c>, <c>published:doerrich2025</c>, <c>independent:pecco2026</c>, <c>released:yang2023</c> or <c>audits</c>.</summary>
/// <param name="Kind">What kind of numbers.</param>
/// <param name="Of">The paper or study; null for our runs and audits.</param>
public sealed record EvidenceSource(EvidenceKind Kind, string? Of = null)
{
    /// <summary>Our own runs.</summary>
    public static EvidenceSource OurRuns { get; } = new(EvidenceKind.Runs);

    /// <summary>Our audits of data files.</summary>
    public static EvidenceSource Audits { get; } = new(EvidenceKind.Audits);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">For example <c>independent:pecco2026</c>.</param>
    /// <param name="papers">Papers and studies on record.</param>
    /// <exception cref="MedBenchException">Another kind, or a paper that is not on record.</exception>
    public static EvidenceSource Parse(string text, IReadOnlyCollection<string> papers)
    {
        if (text == $"{OurRuns}")
            return OurRuns;
        if (text == $"{Audits}")
            return Audits;
        string[] parts = text.Split(':', 2);
        foreach (var kind in Enum.GetValues<EvidenceKind>().Except([EvidenceKind.Runs, EvidenceKind.Audits]))
        {
            if (parts is [var word, var paper] && word == Word(kind))
                return papers.Contains(paper) ? new EvidenceSource(kind, paper) : throw Names.Unknown("paper or study", paper, papers);
        }
        throw new MedBenchException($"the evidence '{text}' is not known", "write runs, published:PAPER, independent:STUDY, released:PAPER or audits, with a row of papers.csv");
    }

    /// <summary>As a claim's file writes it.</summary>
    public override string ToString() => Of is null ? Word(Kind) : $"{Word(Kind)}:{Of}";

    private static string Word(EvidenceKind kind) => kind.ToString().ToLowerInvariant();
}
