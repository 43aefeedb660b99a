using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.Claims;

/// <summary>All claims with their evidence and snapshots: what the command line, the tests and the report have in common.</summary>
public sealed class ClaimBook
{
    /// <summary>Where claims, numbers, rules, snapshots and records are looked for if nothing is said.</summary>
    public const string DefaultFolder = "expected-results";

    private const string Measured = "measured";
    private readonly ClaimJudge _judge;
    private readonly Dictionary<string, ClaimVerdict> _verdicts = [];
    private readonly Lazy<IReadOnlyDictionary<CellKey, Claim>> _byCell;

    private ClaimBook(string? folder, string? results, IReadOnlyList<ExperimentFile> experiments, PublishedResults published, IEnumerable<RunResult> runs)
    {
        (Folder, Results) = (folder, results);
        Experiments = experiments;
        Claims = ClaimCatalog.Load(published, folder);
        Evidence = new ClaimEvidence(published, experiments, new ResultsIndex(runs), VerdictRules.Load(folder));
        _judge = new ClaimJudge(Evidence, Claims);
        _byCell = new(ByCell);
        // A folder of experiments need not be whole; but a claim that names what its paper does not have would be about nothing.
        var known = experiments.Select(e => e.Name).ToHashSet();
        foreach (var claim in Claims.Where(c => experiments.Any(e => e.Experiment.Paper == c.Paper)))
            if (claim.Entry.Experiments.FirstOrDefault(name => !known.Contains(name)) is { } name)
                throw new MedBenchException($"{claim.Location}: no experiment '{name}'", Names.Unknown("experiment", name, known).Fix);
    }

    /// <summary>That folder, if the working directory has it.</summary>
    public static string? FolderHere => Directory.Exists(DefaultFolder) ? DefaultFolder : null;

    /// <summary>The folder; null for the copy inside this program, which has no snapshots.</summary>
    public string? Folder { get; }

    /// <summary>The results store; null for none.</summary>
    public string? Results { get; }

    /// <summary>Every claim, by file.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>What is declared.</summary>
    public IReadOnlyList<ExperimentFile> Experiments { get; }

    /// <summary>All that is known.</summary>
    public ClaimEvidence Evidence { get; }

    /// <summary>The snapshots.</summary>
    /// <exception cref="MedBenchException">There is no folder.</exception>
    public SnapshotFolder Snapshots => new(Folder ?? throw new MedBenchException(
        $"there is no folder {DefaultFolder} here, and only it has snapshots", $"go to a clone of MedBenchRepro, or name the folder with --expected"));

    /// <summary>Opens everything.</summary>
    /// <param name="folder">A folder like <c>expected-results</c>; null for the one in the working directory, or the copy inside this program.</param>
    /// <param name="results">Folder of the results store; null for none.</param>
    /// <param name="experiments">Folder of experiments; one that does not exist stands for the copy inside this program.</param>
    /// <param name="recompute">Leave out the records that the repository holds: only what the store has counts.</param>
    /// <exception cref="MedBenchException">A file is malformed.</exception>
    public static ClaimBook Open(string? folder = null, string? results = null, string experiments = "experiments", bool recompute = false)
    {
        folder ??= FolderHere;
        var published = PublishedResults.Load(folder);
        IEnumerable<RunResult> stored = results is null ? [] : RecordCheck.Verified(new StoreSource(results).Runs()).Select(r => r.Result);
        IEnumerable<RunResult> records = recompute || folder is null ? [] : Records(folder);
        return new ClaimBook(folder, results, ExperimentCatalog.Load(experiments, published.Catalog), published, stored.Concat(records));
    }

    /// <summary>The records in the repository: results of long runs without weights.</summary>
    /// <param name="folder">A folder like <c>expected-results</c>.</param>
    public static IEnumerable<RunResult> Records(string folder) => RecordCheck.Verified(new RecordsSource(Path.Combine(folder, Measured)).Runs()).Select(r => r.Result);

    /// <summary>The records in this book's folder.</summary>
    public IEnumerable<RunResult> KeptRecords => Folder is null ? [] : Records(Folder);

    /// <summary>The declared cell that a run was of.</summary>
    /// <exception cref="MedBenchException">No experiment declares it.</exception>
    public ExperimentCell CellOf(RunResult run) => Experiments.SelectMany(e => e.Cells).FirstOrDefault(c => c.Includes(run.Spec)) ?? throw new MedBenchException(
        $"no experiment declares the run {run.Id}: its protocol or recipe is not this version's", "check out the version that made it (environment.version in its record), or declare it");

    /// <summary>The claim that a printed number is right; null if none is about it.</summary>
    public Claim? ClaimOn(CellKey cell) => _byCell.Value.GetValueOrDefault(cell);

    /// <summary>The verdict on a claim.</summary>
    public ClaimVerdict Judge(Claim claim) =>
        _verdicts.TryGetValue(claim.Id, out var known) ? known : _verdicts[claim.Id] = _judge.Judge(claim);

    /// <summary>What the declared seeds could decide of a claim.</summary>
    public ClaimPower Power(Claim claim) => _judge.Power(claim);

    /// <summary>A claim beside its snapshot.</summary>
    public SnapshotCheck Check(Claim claim) => SnapshotCheck.Of(Judge(claim), Snapshots, new SnapshotMaker(Evidence.Rules));

    /// <summary>Copies the results behind a verdict that are only in the store to the records, with their predictions, so that a fresh clone comes to the same verdict.</summary>
    /// <returns>Ids of the runs copied.</returns>
    public IReadOnlyList<string> KeepRecords(ClaimVerdict verdict)
    {
        string folder = Folder ?? throw new MedBenchException("there is no folder to keep records in", "name one with --expected");
        var kept = Records(folder).Select(r => r.Id).ToHashSet();
        var used = verdict.Cells.SelectMany(c => c.Seeds).Concat(verdict.Runs).Select(s => s.RunId).ToHashSet();
        RunResult[] missing = [.. Evidence.Runs.Where(r => used.Contains(r.Id) && !kept.Contains(r.Id))];
        foreach (var result in missing)
        {
            string record = Path.Combine(folder, Measured, verdict.Claim.Paper, result.Id + ".json");
            AtomicFile.WriteText(record, StrictJson.Write(result));
            if (Results is { } results && Path.Combine(results, result.Id, PredictionsFile.Name) is var predictions && File.Exists(predictions))
                AtomicFile.Write(RecordsSource.PredictionsPath(record), stream => stream.Write(File.ReadAllBytes(predictions)));
        }
        return [.. missing.Select(r => r.Id)];
    }

    /// <summary>The command that runs a cell.</summary>
    public static string CommandFor(ExperimentCell cell) => $"medbench run experiments/{cell.Experiment}.yaml --filter id={cell.Id}";

    private Dictionary<CellKey, Claim> ByCell()
    {
        var claims = new Dictionary<CellKey, Claim>();
        foreach (var claim in Claims.Where(c => c.IsOnCells && c.Evidence == EvidenceSource.OurRuns && c.Against is null))
            foreach (var cell in Judge(claim).Cells)
                claims.TryAdd(cell.Key, claim);
        return claims;
    }
}
