using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;

namespace MedBench.Reporting.Model;

/// <summary>A judged cell as a report shows it.</summary>
/// <param name="Cell">Key, seeds, published number, verdict.</param>
/// <param name="Marks">What must stand beside it.</param>
public sealed record ReportedCell(JudgedCell Cell, IReadOnlyList<Mark> Marks)
{
    /// <summary>What the predictions of its runs say besides: context, never part of the verdict. Null where none are at hand, and of the last epoch's weights.</summary>
    public CellScores? Scores { get; init; }

    /// <summary>Its metric on test images with and without a twin in training; null where no audit is on record or no test image has one.</summary>
    public TwinEffect? Twins => Scores?.TwinFree is { With.Images: > 0 } twins ? twins.Of(Cell.Key.Metric) : null;

    /// <summary>Whether there is a run of ours.</summary>
    public bool IsRun => Cell.Seeds.Count > 0;

    /// <summary>Whether <paramref name="kind"/> is among the marks.</summary>
    public bool Has(MarkKind kind) => Marks.Any(m => m.Kind == kind);
}
