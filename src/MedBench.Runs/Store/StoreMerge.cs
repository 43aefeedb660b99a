using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Runs.Store;

/// <summary>Joins stores. A run's folder is copied whole or not at all, and never over another: after any stop, merge again.</summary>
/// <param name="folder">The store to merge into; made if missing.</param>
public sealed class StoreMerge(string folder)
{
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);

    /// <summary>Copies what is missing, compares what is not.</summary>
    /// <param name="sources">Stores, in order: of two runs that differ, the first is kept.</param>
    /// <exception cref="MedBenchException">A source does not exist, a record is malformed, or the store cannot be written.</exception>
    public MergeReport Merge(IEnumerable<string> sources)
    {
        // All of them before anything is copied: a folder that is no store would be merged as one without runs.
        string[] stores = [.. sources];
        foreach (string source in stores) Check(source);
        int copied = 0, present = 0;
        var conflicts = new List<MergeConflict>();
        foreach (string source in stores)
        {
            foreach (var result in new ResultsStore(source).All())
            {
                string from = Path.Combine(source, result.Id), to = Path.Combine(folder, result.Id);
                bool existed = Directory.Exists(to);
                if (!existed) Copy(from, to);
                // Also after a copy: another process may have been faster, with another outcome.
                if (Difference(new ResultsStore(folder).Find(result.Spec)!, to, result, from) is { } difference)
                {
                    conflicts.Add(new MergeConflict(_origins.GetValueOrDefault(result.Id, to), from, difference));
                    continue;
                }
                if (existed) present++;
                else (copied, _origins[result.Id]) = (copied + 1, from);
            }
        }
        return new MergeReport(copied, present, conflicts);
    }

    private static void Check(string source)
    {
        const string Fix = "name results folders, as --results of `medbench run` does";
        if (!Directory.Exists(source)) throw new MedBenchException($"{source} is no folder", Fix);
        if (File.Exists(Path.Combine(source, ResultsStore.ResultFile)))
            throw new MedBenchException($"{source} is the folder of one run, not a store of runs", $"name the folder that holds it: {Path.GetDirectoryName(Path.GetFullPath(source))}");
        if (!new ResultsStore(source).All().Any())
            throw new MedBenchException($"{source} holds no runs", $"{Fix}, and leave out those that nothing was computed into");
    }

    private static void Copy(string from, string to) => AtomicFolder.Write(to, temporary =>
    {
        foreach (string file in Directory.EnumerateFiles(from))
        {
            using var source = File.OpenRead(file);
            AtomicFile.Write(Path.Combine(temporary, Path.GetFileName(file)), source.CopyTo);
        }
    }, "free some disk space or choose a results folder that you may write to");

    // Times, memory, machine and notes may differ between two computations of one run; what it found may not.
    private static string? Difference(RunResult kept, string keptFolder, RunResult other, string otherFolder)
    {
        foreach (string split in kept.Metrics.Keys.Union(other.Metrics.Keys).Order(StringComparer.Ordinal))
        {
            if (Text(Bare(kept, split)) != Text(Bare(other, split)))
                return $"metrics of {split}: {Show(kept, split)} against {Show(other, split)}";
        }
        if (Text(kept.Evaluations) != Text(other.Evaluations)) return "the evaluations during training";
        return Bytes(keptFolder).AsSpan().SequenceEqual(Bytes(otherFolder)) ? null : PredictionsFile.Name;
    }

    // Not every record has the confusion matrix or the fragile answers; they follow from the predictions, which are compared.
    private static SplitResult? Bare(RunResult result, string split) => result.Metrics.GetValueOrDefault(split) is { } scores ? scores with { Confusion = null, Fragile = null } : null;

    private static string Show(RunResult result, string split) => result.Metrics.TryGetValue(split, out var scores)
        ? FormattableString.Invariant($"ACC {scores.Acc:R}, AUC {scores.Auc:R}")
        : "none";

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, StrictJson.Options);

    private static byte[] Bytes(string run) => File.Exists(Path.Combine(run, PredictionsFile.Name)) ? File.ReadAllBytes(Path.Combine(run, PredictionsFile.Name)) : [];
}
