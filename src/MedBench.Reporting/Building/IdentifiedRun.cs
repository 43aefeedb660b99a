using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>A stored run with the configuration behind it.</summary>
/// <param name="Run">Record and files.</param>
/// <param name="Configuration">What made it; null where no embedded recipe did.</param>
/// <param name="Paper">Whose numbers it is compared with.</param>
internal sealed record IdentifiedRun(StoredRun Run, RunConfiguration? Configuration, string Paper)
{
    internal static IdentifiedRun Of(StoredRun run, RecipePapers papers) => new(run, RunIdentity.Of(run.Result.Spec), papers.Of(run.Result.Spec.Recipe));

    /// <summary>The cell, for one metric.</summary>
    internal CellKey Key(Metric metric)
    {
        var spec = Run.Result.Spec;
        return Configuration is { } configuration
            ? CellKeys.Of(Paper, configuration, spec.Weights, metric, spec.Precision)
            : new CellKey(Paper, spec.Dataset, spec.Method.Name, spec.Model, spec.Size, metric, new CellVariant(OtherProtocol: true));
    }

    /// <summary>All that equal seeds of one cell share. Runs that differ here must not be averaged.</summary>
    internal string Identity => (Run.Result.Spec with { Seed = 0, Subset = new SubsetDraw(Run.Result.Spec.Subset.Subset) }).CanonicalJson();
}
