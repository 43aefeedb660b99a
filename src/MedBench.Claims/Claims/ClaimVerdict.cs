using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Claims.Claims;

/// <summary>What the evidence says about one claim. Numbers are fractions; null where they do not exist.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">One sentence with the numbers that led to it.</param>
/// <param name="Used">Cells, pairs, rows or sweeps that went in.</param>
/// <param name="Needed">As many as a decision needs.</param>
/// <param name="RulesHash">SHA-256 of the rules.</param>
public sealed record ClaimVerdict(Claim Claim, ClaimOutcome Outcome, string Reason, int Used, int Needed, string RulesHash)
{
    /// <summary>The claim's id.</summary>
    public string Id => Claim.Id;

    /// <summary>The claim in words.</summary>
    public string Statement => Claim.Statement;

    /// <summary>Name of the test and of what was resampled.</summary>
    public string Test { get; init; } = "";

    /// <summary>Mean difference of a trend claim; null for claims on cells.</summary>
    public double? Effect { get; init; }

    /// <summary>p of the test, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>P(first beats second), or the share of bootstrap draws that the claimed setting wins.</summary>
    public double? Share { get; init; }

    /// <summary>Bootstrap interval of <see cref="Share"/> for paired claims.</summary>
    public Interval? ShareInterval { get; init; }

    /// <summary>Of an arg-max claim: each setting.</summary>
    public IReadOnlyList<SettingResult> Settings { get; init; } = [];

    /// <summary>Of a trend claim: its pairs, rows or sweeps.</summary>
    public IReadOnlyList<ClaimUnit> Units { get; init; } = [];

    /// <summary>Of a claim on cells: each cell.</summary>
    public IReadOnlyList<JudgedCell> Cells { get; init; } = [];

    /// <summary>Of a trend claim: the runs that went in.</summary>
    public IReadOnlyList<SeedValue> Runs { get; init; } = [];

    /// <summary>Cells that the claim needs and that have not been run, with where they are declared.</summary>
    public IReadOnlyList<ClaimCell> Missing { get; init; } = [];

    /// <summary>What a reader must know besides.</summary>
    public IReadOnlyList<string> Caveats { get; init; } = [];

    /// <summary>Whether it is decided either way.</summary>
    public bool IsDecided => Outcome is ClaimOutcome.Holds or ClaimOutcome.Contradicted;
}
