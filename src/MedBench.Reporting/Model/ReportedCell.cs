using MedBench.Claims.Verdicts;

namespace MedBench.Reporting.Model;

/// <summary>A judged cell as a report shows it.</summary>
/// <param name="Cell">Key, seeds, published number, verdict.</param>
/// <param name="Marks">What must stand beside it.</param>
public sealed record ReportedCell(JudgedCell Cell, IReadOnlyList<Mark> Marks)
{
    /// <summary>Whether there is a run of ours.</summary>
    public bool IsRun => Cell.Seeds.Count > 0;

    /// <summary>Whether <paramref name="kind"/> is among the marks.</summary>
    public bool Has(MarkKind kind) => Marks.Any(m => m.Kind == kind);
}
