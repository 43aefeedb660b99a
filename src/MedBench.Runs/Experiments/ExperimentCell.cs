using MedBench.Core.Errors;
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
/// <param name="MostSeeds">How many seeds, of 0, 1, 2 and so on, may count; 0 for <paramref name="Seeds"/> alone.</param>
public sealed record ExperimentCell(string Paper, string Experiment, RunConfiguration Run, IReadOnlyList<int> Seeds, Tier Tier, int MostSeeds = 0)
{
    /// <summary>The metrics that a run of it has.</summary>
    public IReadOnlyList<Metric> Metrics => Run.Rule.Neighbours is null ? [Metric.Acc, Metric.Auc] : [Metric.Acc];

    /// <summary>Name of the cell in filters, plans and output, of <c>[a-z0-9/.-]</c> only: <see cref="CellKey.RunsId"/>.</summary>
    public string Id => Key(Metric.Acc).RunsId();

    /// <summary>Whether it starts from the published checkpoint, and not from random weights.</summary>
    public bool NeedsCheckpoint => Run.Model.Hub is not null && !Run.Method.IsFromScratch;

    /// <summary>Cells of one group see the same images through the same encoder: where features are cached, they share them.</summary>
    public string FeatureGroup => $"{Run.Dataset.Name}/{Run.Size}/{Run.Model.Name}/{Run.Input.InputSize}/{Run.Input.Resize}";

    /// <summary>Cells of one set share all of their features: those of another part of the training split have to be made, too.</summary>
    public string FeatureSet => $"{FeatureGroup}/{Run.Subset}";

    /// <summary>The published cell that it is compared with.</summary>
    /// <param name="metric">What is measured.</param>
    public CellKey Key(Metric metric) => CellKeys.Of(Paper, Run, null, metric);

    /// <summary>Whether a run was one of this cell's: <see cref="IsOf"/> it, with one of its seeds, or one that <see cref="Counted"/> may add.</summary>
    public bool Includes(RunSpec spec) => (Seeds.Contains((int)spec.Seed) || spec.Seed < MostSeeds) && IsOf(spec);

    /// <summary>The seeds that count: those that the experiment names, and every further one without a gap before it. Nobody can choose among them.</summary>
    /// <param name="run">Seeds that have been run.</param>
    public IReadOnlyList<int> Counted(IEnumerable<int> run)
    {
        var known = run.ToHashSet();
        return Seeds.All(known.Contains) ? [.. Seeds, .. Enumerable.Range(Seeds.Count, MayCount - Seeds.Count).TakeWhile(known.Contains)] : Seeds;
    }

    /// <summary>How many seeds may count, those that the experiment names included.</summary>
    public int MayCount => Math.Max(MostSeeds, Seeds.Count);

    /// <summary>Whether they are 0, 1, 2 and so on, in whatever order: only such have a next one.</summary>
    internal static bool AreConsecutive(IReadOnlyCollection<int> seeds) => seeds.Order().SequenceEqual(Enumerable.Range(0, seeds.Count));

    /// <summary>The cell with more seeds, or fewer.</summary>
    /// <param name="seeds">0, 1, 2 and so on.</param>
    /// <exception cref="MedBenchException">They have a gap, or the experiment does not let so many count.</exception>
    public ExperimentCell WithSeeds(IReadOnlyList<int> seeds)
    {
        if (Run.Rule.Neighbours is not null) return this;
        if (!AreConsecutive(seeds)) throw new MedBenchException($"{Id}: seeds {string.Join(", ", seeds)}", "give all from 0 on, such as 0-9: who leaves seeds out can choose a result");
        return seeds.Count > MayCount || !AreConsecutive(Seeds)
            ? throw new MedBenchException($"{Id}: of {seeds.Count} seeds, 0 to {seeds.Count - 1}, only {string.Join(", ", Counted(Enumerable.Range(0, MostSeeds)))} count", "leave --seeds out, or raise most-seeds in the experiment, and its version, before anything is run")
            : this with { Seeds = [.. seeds.Order()] };
    }

    /// <summary>Whether a run was of this cell, with whatever seed: the same in everything but the digest of the checkpoint, which the card may not know, and the device: float32 on a CPU and that of the paper's code on CUDA are two arithmetics of one cell.</summary>
    public bool IsOf(RunSpec spec)
    {
        if (spec.Weights.IsCheckpoint != NeedsCheckpoint) return false;
        // A generated dataset has no published file.
        string md5 = Run.Dataset.Files.TryGetValue(Run.Size, out var file) ? file.Md5 : spec.DatasetMd5;
        var weights = NeedsCheckpoint ? spec.Weights : WeightsId.Initialised;
        return spec.Precision.IsOf(Run.Recipe) && spec == RunSpec.Of(Run, md5, weights, (int)spec.Seed, spec.Precision);
    }
}
