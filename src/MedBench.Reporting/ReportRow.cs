using MedBench.Claims.Verdicts;

namespace MedBench.Reporting;

/// <summary>One row as every exporter shows it; see <see cref="ResultTable.Columns"/>.</summary>
/// <param name="Fields">Text by column.</param>
/// <param name="Verdict">The outcome on a cell's closing row; null on the rows of single seeds.</param>
public sealed record ReportRow(IReadOnlyList<string> Fields, VerdictKind? Verdict);
