using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Figures;

/// <summary>Cells judged from runs that nobody ran.</summary>
internal static class SampleCells
{
    internal static IReadOnlyList<ReportedCell> Of(params IReadOnlyList<RunResult> runs) =>
        [.. SampleReport.Build(new SampleRuns(runs)).Cells.Where(c => c.IsRun)];

    internal static ReportedCell NotRun(CellKey key) => new(JudgedCell.Of(key, [], SampleReport.Published, VerdictRules.Load()), []);

    internal static ReportedRun Run(RunResult result) => new(new StoredRun(result, "", null), "", null, null, []);
}
