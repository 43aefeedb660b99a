using MedBench.Runs.Store;

namespace MedBench.Runs.Experiments;

/// <summary>Estimates how long cells take: work by <see cref="RunWork"/> over a rate that finished runs teach.</summary>
public sealed class CostModel
{
    // Loading, evaluation of metrics, a probe's own steps: seconds a run, from docs/measured.md (1.4 s for 15,000 steps of a cached probe).
    private const double Overhead = 2;

    private readonly double _gflops;

    private CostModel(string device, double gflops, string basis) => (Device, _gflops, Basis) = (device, gflops, basis);

    /// <summary>What the estimates are for: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>What the rate rests on, in words.</summary>
    public string Basis { get; }

    /// <summary>A model for one kind of device.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="results">Finished runs; those of the device and of known recipes count, of a GPU those of the one that is here.</param>
    public static CostModel For(string device, IEnumerable<RunResult> results)
    {
        // GPUs differ more than processors do; and where none is here, the plan is for one that is not known.
        string? gpu = device == "cpu" ? null : Gpu.Name(0);
        double[] rates = [.. results.Where(r => r.Environment.Device == device && r.Environment.Gpu == gpu).Select(Rate).OfType<double>().Order()];
        if (rates.Length > 0) return new CostModel(device, rates[rates.Length / 2], FormattableString.Invariant($"{rates.Length} finished runs: {rates[rates.Length / 2]:F0} GFLOP/s"));
        return device == "cpu"
            ? new CostModel(device, 300, "300 GFLOP/s, measured on two cores (docs/measured.md)")
            : new CostModel(device, 20_000, "20,000 GFLOP/s, assumed for a data-centre GPU in float32");
    }

    /// <summary>Seconds for a number of runs of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="runs">How many of its seeds are to be run.</param>
    /// <param name="featuresReady">Whether another cell of its <see cref="ExperimentCell.FeatureSet"/> has cached the features.</param>
    public double Seconds(ExperimentCell cell, int runs, bool featuresReady = false)
    {
        var work = RunWork.Of(cell.Run);
        return runs == 0 ? 0 : Seconds((featuresReady ? 0 : work.Features) + runs * work.PerSeed) + runs * Overhead;
    }

    /// <summary>Seconds for a number of runs of a cell after others.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="runs">How many of its seeds are to be run.</param>
    /// <param name="made">The <see cref="ExperimentCell.FeatureSet"/>s that the cells before it have cached; its own is added.</param>
    public double Seconds(ExperimentCell cell, int runs, ISet<string> made) =>
        Seconds(cell, runs, featuresReady: RunWork.Of(cell.Run).Features > 0 && !made.Add(cell.FeatureSet));

    /// <summary>Seconds for several cells one after the other, features shared.</summary>
    public double Seconds(IEnumerable<(ExperimentCell Cell, int Runs)> cells)
    {
        var cached = new HashSet<string>(StringComparer.Ordinal);
        return cells.Sum(c => Seconds(c.Cell, c.Runs, cached));
    }

    private double Seconds(double gmacs) => 2 * gmacs / _gflops;

    // GFLOP/s of a finished run; null where it took its features from the cache, stopped early, or is of a recipe or of an amount of work that is not known here.
    private static double? Rate(RunResult result)
    {
        if (result.Configuration() is not { Subset: null, Rule.Patience: null, Model.Gmacs: > 0 } run) return null;
        var work = RunWork.Of(run);
        double features = result.Seconds.GetValueOrDefault("features"), total = result.Seconds.GetValueOrDefault("total");
        return work.Features > 0
            ? features > 1 ? 2 * work.Features / features : null
            : total > 1 ? 2 * work.PerSeed / total : null;
    }
}
