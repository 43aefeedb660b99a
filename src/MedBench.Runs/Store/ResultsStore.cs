using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Runs.Store;

/// <summary>
/// Results by content: <c>FOLDER/{run id}/{result.json, predictions.npz, MedMNIST's CSV, train.log}</c>, and <c>weights.safetensors</c> where asked for. A run's folder appears
/// whole or not at all, and of any number of processes on one folder only one computes a run.
/// </summary>
/// <param name="folder">Made when first written to.</param>
/// <param name="staleAfter">A lock whose heartbeat stands still for this long, while this object looks at it again and again, is taken over; default one minute.</param>
public sealed class ResultsStore(string folder, TimeSpan? staleAfter = null)
{
    /// <summary>Name of the file in a run's folder that holds its <see cref="RunResult"/>.</summary>
    public const string ResultFile = "result.json";

    /// <summary>Name of the file in a run's folder that holds the tested weights, where they were kept.</summary>
    public const string WeightsFile = "weights.safetensors";

    private const string Aside = "put the file back as it was written, or move the run's folder out of the store and run again";
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);
    private readonly Leases _locks = new(Path.Combine(folder, ".locks"), staleAfter ?? TimeSpan.FromMinutes(1));

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>Where a run in progress keeps its checkpoint.</summary>
    public string CheckpointOf(RunSpec spec) => Path.Combine(folder, ".checkpoints", spec.Id + ".safetensors");

    /// <summary>Where the tested weights of a run wait for its result.</summary>
    internal string WaitingWeightsOf(RunSpec spec) => Path.Combine(folder, ".checkpoints", spec.Id + ".tested.safetensors");

    /// <summary>Tested weights of a finished run, whether they were kept or not.</summary>
    public string WeightsOf(RunSpec spec) => Path.Combine(PathOf(spec), WeightsFile);

    /// <summary>Folder of a run, whether it exists or not.</summary>
    public string PathOf(RunSpec spec) => Path.Combine(folder, spec.Id);

    /// <summary>The result of a run, or null if there is none yet.</summary>
    /// <exception cref="MedBenchException">The file is malformed, or belongs to another run.</exception>
    public RunResult? Find(RunSpec spec)
    {
        string file = Path.Combine(PathOf(spec), ResultFile);
        if (!Directory.Exists(PathOf(spec)))
            return null;
        var result = Read(file);
        return result.Spec == spec ? result : throw Foreign(file);
    }

    /// <summary>Every result, by id. Folders that are not named like a run are passed over: those of a killed process, of the disk, of the user.</summary>
    /// <inheritdoc cref="Find"/>
    public IEnumerable<RunResult> All() =>
        FolderListing.Folders(folder).Where(run => RunSpec.IsId(Path.GetFileName(run))).Select(run => Read(Path.Combine(run, ResultFile)));

    /// <summary>The right to compute a run, or null while another process has it. Release it by disposing.</summary>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public Lease? TryLock(RunSpec spec) => _locks.TryAcquire(spec.Id);

    /// <summary>The stored result, or that of <paramref name="run"/>, which is then stored. Waits while another process computes the same run.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="run">Computes it; called at most once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public RunResult GetOrRun(RunSpec spec, Func<RunOutput> run, CancellationToken cancel = default)
    {
        while (true)
        {
            if (TryGetOrRun(spec, run) is { } result)
                return result;
            cancel.WaitHandle.WaitOne(s_poll);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>As <see cref="GetOrRun"/>, but null at once while another process computes the same run.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="run">Computes it; called at most once.</param>
    public RunResult? TryGetOrRun(RunSpec spec, Func<RunOutput> run)
    {
        if (Find(spec) is { } found)
            return Believed(found);
        using var held = TryLock(spec);
        if (held is null)
            return null;
        Probe();
        // It may have been finished between the look and the lock.
        var result = Find(spec) ?? Save(run());
        _locks.Forget(spec.Id);
        return result;
    }

    /// <summary>Stores a run whole: the folder is filled under another name, flushed and then renamed.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public RunResult Save(RunOutput output)
    {
        var result = output.Result;
        if (result.Id != result.Spec.Id)
            throw new ArgumentException($"the id {result.Id} is not that of the spec, {result.Spec.Id}", nameof(output));
        AtomicFolder.Write(PathOf(result.Spec), temporary =>
        {
            PredictionsFile.Write(Path.Combine(temporary, PredictionsFile.Name), output.Predictions);
            foreach (var p in output.Predictions.Where(p => MedMnistCsv.Splits.Contains(p.Split)))
                MedMnistCsv.Write(Path.Combine(temporary, MedMnistCsv.FileName(result.Spec, p.Split, result.Metrics[p.Split])), p);
            AtomicFile.WriteText(Path.Combine(temporary, "train.log"), output.Log);
            if (output.Weights is { } weights) File.Move(weights, Path.Combine(temporary, WeightsFile));
            AtomicFile.WriteText(Path.Combine(temporary, ResultFile), StrictJson.Write(result));
        }, "free some disk space or choose a results folder that you may write to");
        return result;
    }

    // What is used instead of being computed must be what its predictions say.
    private RunResult Believed(RunResult found) => RecordCheck.Verified([StoreSource.Of(folder, found)]).Single().Result;

    // A folder that cannot be written is found out before hours of computing. On NFS it does more: a change of our own in the
    // folder makes this machine look again at what it remembers of it, and so see a result that was absent a moment ago.
    private void Probe() => AtomicFile.Probe(folder);

    private static RunResult Read(string file)
    {
        if (!File.Exists(file))
            throw new MedBenchException($"{file} is missing, though a run's folder is only ever written whole", Aside);
        var result = RunResult.Read(TextFile.Bytes(file), file);
        return result.Id == result.Spec.Id && result.Id == Path.GetFileName(Path.GetDirectoryName(file)) ? result : throw Foreign(file);
    }

    private static MedBenchException Foreign(string file) =>
        new($"{file}: 'spec' does not belong to this folder: it was edited or moved", Aside);
}
