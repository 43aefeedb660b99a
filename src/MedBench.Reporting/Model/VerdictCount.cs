using System.Text.Json;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Reporting.Model;

/// <summary>How all cells stood at one time: a line of a <c>VerdictHistory</c>.</summary>
/// <param name="Date">When the report was made.</param>
/// <param name="Version">Version of the program that judged, with its commit.</param>
/// <param name="Rules">SHA-256 of the rules that judged.</param>
/// <param name="Papers">Papers of the report.</param>
/// <param name="Runs">Runs behind it.</param>
/// <param name="Cells">Cells by outcome.</param>
/// <param name="Claims">Claims by outcome.</param>
public sealed record VerdictCount(
    DateTimeOffset Date,
    string Version,
    string Rules,
    IReadOnlyList<string> Papers,
    int Runs,
    IReadOnlyDictionary<VerdictKind, int> Cells,
    IReadOnlyDictionary<ClaimOutcome, int> Claims)
{
    private static readonly JsonSerializerOptions s_line = new(StrictJson.Options) { WriteIndented = false };

    /// <summary>The counts of a report.</summary>
    public static VerdictCount Of(BenchmarkReport report, DateTimeOffset date, string version) => new(
        date, version, report.Rules.Hash, [.. report.Papers.Select(p => p.Name)], report.Runs.Count,
        report.Summary.Counts.OrderBy(c => c.Key).ToDictionary(), report.Claims.CountBy(c => c.State).OrderBy(c => c.Key).ToDictionary());

    /// <summary>One line of JSON.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, s_line);

    /// <summary>Whether nothing but the date differs.</summary>
    public bool SaysTheSameAs(VerdictCount other) => (this with { Date = other.Date }).ToLine() == other.ToLine();
}
