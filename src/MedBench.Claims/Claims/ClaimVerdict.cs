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

    /// <summary>Mean difference of a claim about an order, mean gap of one on cells; null where nothing was run.</summary>
    public double? Effect { get; init; }

    /// <summary>Interval of <see cref="Effect"/> at 1 − alpha; null where there is none.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Interval of <see cref="Effect"/> at 1 − 2 alpha, by which equivalence is judged.</summary>
    public Interval? EquivalenceInterval { get; init; }

    /// <summary>p of the test that decides.</summary>
    public double? P { get; init; }

    /// <summary>Of a secondary row: <see cref="P"/> corrected over the rows of its sentence (Holm).</summary>
    public double? CorrectedP { get; init; }

    /// <summary>The outcome if that correction is not passed.</summary>
    public ClaimOutcome Uncorrected { get; init; } = ClaimOutcome.Inconclusive;

    /// <summary>Units in which the first group is ahead.</summary>
    public int? Ahead { get; init; }

    /// <summary>Which group is practically better, as description.</summary>
    public BayesianSignedRank? Bayes { get; init; }

    /// <summary>The same with the three Organ sets, which are of the same scans, taken as one; null where they are not compared.</summary>
    public TrendVerdict? OrgansMerged { get; init; }

    /// <summary>Of a claim whose paper does not say which models it shows: the share of all choices in which it holds.</summary>
    public double? ShareOfChoices { get; init; }

    /// <summary>Of a table: how many printed numbers lie in their prediction intervals.</summary>
    public Capture? Capture { get; init; }

    /// <summary>Of a table: whether its gaps are one and the same but for chance.</summary>
    public Heterogeneity? Heterogeneity { get; init; }

    /// <summary>Of a table: cells that deviate after Holm's correction over all of its printed cells.</summary>
    public IReadOnlyList<string> Suspects { get; init; } = [];

    /// <summary>Cells with a result that did not go in, because another side lacks their partner.</summary>
    public int LeftOut { get; init; }

    /// <summary>Of an arg-max claim: each setting.</summary>
    public IReadOnlyList<SettingResult> Settings { get; init; } = [];

    /// <summary>Of a trend claim: its pairs, rows or sweeps.</summary>
    public IReadOnlyList<ClaimUnit> Units { get; init; } = [];

    /// <summary>Of a claim on cells: each cell.</summary>
    public IReadOnlyList<JudgedCell> Cells { get; init; } = [];

    /// <summary>Of a trend claim: the runs that went in.</summary>
    public IReadOnlyList<SeedValue> Runs { get; init; } = [];

    /// <summary>Of a claim on an audit: what was counted; null without an audit.</summary>
    public AuditedCount? Audit { get; init; }

    /// <summary>Cells that the claim needs and that have not been run, with where they are declared.</summary>
    public IReadOnlyList<ClaimCell> Missing { get; init; } = [];

    /// <summary>In what the evidence's protocol differs from the paper's.</summary>
    public IReadOnlyList<string> Deviations { get; init; } = [];

    /// <summary>What a reader must know besides.</summary>
    public IReadOnlyList<string> Caveats { get; init; } = [];

    /// <summary>Whether it is decided either way.</summary>
    public bool IsDecided => Outcome.IsDecided();
}
