using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>One configuration of an experiment with the seeds to run it with. Neither its data nor its checkpoint need be on this machine.</summary>
/// <param name="Paper">Whose numbers it is compared with.</param>
/// <param name="Experiment">Name of its file without extension, below its paper: <c>wu2025/benchmark</c>.</param>
/// <param name="Run">What to run.</param>
/// <param name="Seeds">The seeds; a single 0 for k-NN.</param>
/// <param name="Tier">What it asks of a machine.</param>
public sealed record ExperimentCell(string Paper, string Experiment, RunConfiguration Run, IReadOnlyList<int> Seeds, Tier Tier)
{
    /// <summary>The metrics that a run of it has.</summary>
    public IReadOnlyList<string> Metrics => Run.Rule.Neighbours is null ? ["acc", "auc"] : ["acc"];

    /// <summary>Name of the cell in filters, plans and output, of <c>[a-z0-9/.-]</c> only: <see cref="CellKey.Id"/> without the metric.</summary>
    public string Id => (Key("") with { Metric = "" }).Id;

    /// <summary>Whether it starts from the published checkpoint, and not from random weights.</summary>
    public bool NeedsCheckpoint => Run.Model.Hub is not null && !Run.Method.StartsWith("from-scratch", StringComparison.Ordinal);

    /// <summary>Cells of one group see the same images through the same encoder: where features are cached, they share them.</summary>
    public string FeatureGroup => $"{Run.Dataset.Name}/{Run.Size}/{Run.Model.Name}/{Run.Input.InputSize}/{Run.Input.Resize}";

    /// <summary>Cells of one set share all of their features: those of another part of the training split have to be made, too.</summary>
    public string FeatureSet => $"{FeatureGroup}/{Run.Subset}";

    /// <summary>The published cell that it is compared with.</summary>
    /// <param name="metric"><c>acc</c> or <c>auc</c>.</param>
    public CellKey Key(string metric) => CellKeys.Of(Paper, Run, null, metric);

    /// <summary>Whether a run was one of this cell's: the same in everything but the digest of the checkpoint, which the card may not know.</summary>
    public bool Includes(RunSpec spec)
    {
        if (!Seeds.Contains((int)spec.Seed) || spec.Weights.StartsWith("sha256:", StringComparison.Ordinal) != NeedsCheckpoint) return false;
        // A generated dataset has no published file.
        string md5 = Run.Dataset.Files.TryGetValue(Run.Size, out var file) ? file.Md5 : spec.DatasetMd5;
        string weights = NeedsCheckpoint ? spec.Weights : InitialWeights.Initialised.Id;
        return spec == RunSpec.Of(Run, md5, weights, (int)spec.Seed);
    }
}
