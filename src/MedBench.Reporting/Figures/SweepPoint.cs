using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>One setting of a sweep.</summary>
/// <param name="Series">What is held, for example the model: one curve each.</param>
/// <param name="X">The setting that varies.</param>
/// <param name="Label">The setting in words.</param>
/// <param name="Cell">Its runs.</param>
internal sealed record SweepPoint(string Series, double X, string Label, ReportedCell Cell)
{
    /// <summary>Our mean, a fraction.</summary>
    internal double Mean => Cell.Cell.Verdict.Ours!.Mean;

    /// <summary>Lowest seed.</summary>
    internal double Low => Cell.Cell.Seeds.Min(s => s.Value);

    /// <summary>Highest seed.</summary>
    internal double High => Cell.Cell.Seeds.Max(s => s.Value);
}
