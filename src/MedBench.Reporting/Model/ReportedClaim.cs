using System.Text.RegularExpressions;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Reporting.Model;

/// <summary>A claim in one sentence, with what the cells say of it.</summary>
/// <param name="Id">Of <c>[a-z0-9/.-]</c>.</param>
/// <param name="Paper">Whose claim; <see cref="MedBench.Runs.Papers.Paper.Name"/>.</param>
/// <param name="Statement">The claim in words.</param>
/// <param name="State">The outcome.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="Effect">Size of the effect, for example "+1.23 points"; null without cells.</param>
/// <param name="EffectSize">The same as a fraction; null without cells.</param>
/// <param name="Interval">Interval of the effect, in fractions; null where there is none.</param>
/// <param name="IntervalOf"><see cref="ConfidenceInterval"/>; empty without an interval.</param>
/// <param name="CellsUsed">Cells that went in.</param>
/// <param name="CellsNeeded">The claim's minimum.</param>
/// <param name="Marks">What must stand beside it.</param>
/// <param name="IsPrimary">Whether its outcome is that of its sentence; the others are ways of meaning it.</param>
/// <param name="Way">The way in which it is meant, such as "end-to-end, 224, acc"; empty where there is one way.</param>
/// <param name="Evidence">What it rests on: <c>runs</c>, or <c>transfer of independent:pecco2026</c>.</param>
public sealed partial record ReportedClaim(
    string Id,
    string Paper,
    string Statement,
    ClaimOutcome State,
    string Reason,
    string? Effect,
    double? EffectSize,
    Interval? Interval,
    string IntervalOf,
    int CellsUsed,
    int CellsNeeded,
    IReadOnlyList<Mark> Marks,
    bool IsPrimary,
    string Way,
    string Evidence)
{
    /// <summary><see cref="IntervalOf"/> of an effect, in fractions.</summary>
    public const string ConfidenceInterval = "95 % interval";

    /// <summary>What kind of evidence it rests on.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>Name of its entry below the paper: rows of one entry share it.</summary>
    public required string Entry { get; init; }

    /// <summary>The entry whose sentence it tests elsewhere; null for a sentence of its own.</summary>
    public string? Tests { get; init; }

    /// <summary>Whether it is about printed numbers, and not about an order among them.</summary>
    public bool IsOnCells { get; init; }

    /// <summary>Whether that evidence is of another protocol, encoder or dataset than the sentence is about.</summary>
    public bool IsTransfer { get; init; }

    /// <summary>Whether enough cells went in for a decision.</summary>
    public bool MinimumMet => CellsUsed >= CellsNeeded;

    /// <summary>The statement without the way in which it is meant: claims of one sentence belong together.</summary>
    public string Sentence => Ending().Replace(Statement, "").TrimEnd('.') + ".";

    [GeneratedRegex(@"\s*\([^()]*\)\.?\z")]
    private static partial Regex Ending();
}
