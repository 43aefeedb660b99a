using MedBench.Core.Errors;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>Finished runs by cell.</summary>
public sealed class ResultsIndex
{
    private readonly Lazy<IReadOnlyList<RunResult>> _all;
    private readonly Lazy<ILookup<(string Dataset, int Size, string Model, MethodName Method), RunResult>> _byCell;

    /// <summary>Indexes results of one store or several, when they are first asked for; one that is in two of them counts once.</summary>
    public ResultsIndex(IEnumerable<RunResult> results)
    {
        _all = new(() => [.. results.DistinctBy(r => r.Id)]);
        _byCell = new(() => All.ToLookup(r => (r.Spec.Dataset, r.Spec.Size, r.Spec.Model, r.Spec.Method)));
    }

    /// <summary>Every result.</summary>
    public IReadOnlyList<RunResult> All => _all.Value;

    /// <summary>The runs of a cell, one for each of its seeds that has been run, by seed.</summary>
    /// <exception cref="MedBenchException">There are runs of it from different checkpoints.</exception>
    public IReadOnlyList<RunResult> Of(ExperimentCell cell)
    {
        var run = cell.Run;
        RunResult[] found = [.. _byCell.Value[(run.Dataset.Name, run.Size, run.Model.Name, run.Method)].Where(r => cell.Includes(r.Spec)).OrderBy(r => r.Spec.Seed)];
        var counted = cell.Counted(found.Select(r => (int)r.Spec.Seed));
        found = [.. found.Where(r => counted.Contains((int)r.Spec.Seed))];
        WeightsId[] weights = [.. found.Select(r => r.Spec.Weights).Distinct()];
        return weights.Length <= 1 ? found : throw new MedBenchException(
            $"{cell.Id} was run from different checkpoints: {string.Join<WeightsId>(", ", weights)}", "keep the runs of one of them; `medbench models verify` says which checkpoint is the published one");
    }

    /// <summary>Seeds of a cell that have not been run.</summary>
    public IReadOnlyList<int> Missing(ExperimentCell cell) => [.. cell.Seeds.Except(Of(cell).Select(r => (int)r.Spec.Seed))];
}
