using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Runs.Execution;

/// <summary>Runs cells one after the other; neighbours in the grid share the open dataset.</summary>
/// <param name="runner">Runs through the store.</param>
/// <param name="device">Where to compute.</param>
public sealed class GridRunner(CellRunner runner, Device device) : IDisposable
{
    private ImageDataset? _open;

    /// <summary>The runs of a cell, one for each of its seeds; those in the store are not computed again.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="progress">Makes a listener for each seed.</param>
    /// <param name="cancel">Stops soon; the run under way keeps its progress in a checkpoint.</param>
    /// <exception cref="MedBenchException">Data or checkpoint are missing or damaged.</exception>
    public IReadOnlyList<RunResult> Run(ExperimentCell cell, Func<int, IProgress<RunStage>>? progress = null, CancellationToken cancel = default)
    {
        // Where others are at some seeds, first those that nobody has; then they have ended the rest, or died and left it.
        return TryRun(cell, progress, cancel) ?? [.. Each(cell, runner.Run, progress, cancel)];
    }

    /// <summary>As <see cref="Run"/>, but where other processes compute some of the seeds, the others alone are run.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="progress">Makes a listener for each seed.</param>
    /// <param name="cancel">Stops soon; the run under way keeps its progress in a checkpoint.</param>
    /// <returns>The runs, or null if some are with other processes.</returns>
    /// <exception cref="MedBenchException">Data or checkpoint are missing or damaged.</exception>
    public IReadOnlyList<RunResult>? TryRun(ExperimentCell cell, Func<int, IProgress<RunStage>>? progress = null, CancellationToken cancel = default)
    {
        RunResult[] results = [.. Each(cell, runner.TryRun, progress, cancel).OfType<RunResult>()];
        return results.Length == cell.Seeds.Count ? results : null;
    }

    /// <summary>A cell with its data open and its weights found, with the first of its seeds.</summary>
    /// <param name="cell">The cell; its dataset stays open until one of another is asked for.</param>
    /// <exception cref="MedBenchException">Data or checkpoint are missing or damaged.</exception>
    public RunRequest Request(ExperimentCell cell)
    {
        if (CellObstacle.For(cell) is { } obstacle) throw new MedBenchException(obstacle.Reason, obstacle.Command!);
        var weights = cell.NeedsCheckpoint ? InitialWeights.From(cell.Run.Model, ModelCheckpoints.Find(cell.Run.Model)!) : InitialWeights.Initialised;
        return new RunRequest(Open(cell.Run.Dataset, cell.Run.Size), cell.Run, weights, cell.Seeds[0], device);
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    private IEnumerable<T> Each<T>(ExperimentCell cell, Func<RunRequest, IProgress<RunStage>?, CancellationToken, T> run, Func<int, IProgress<RunStage>>? progress, CancellationToken cancel)
    {
        var request = Request(cell);
        foreach (int seed in cell.Seeds)
        {
            cancel.ThrowIfCancellationRequested();
            yield return run(request with { Seed = seed }, progress?.Invoke(seed), cancel);
        }
    }

    private ImageDataset Open(DatasetCard card, int size)
    {
        if (_open is { } open && open.Card == card && open.Size == size) return open;
        _open?.Dispose();
        return _open = card.Files.Count == 0 ? SyntheticDataset.Open(size) : ImageDataset.Open(card, size);
    }
}
