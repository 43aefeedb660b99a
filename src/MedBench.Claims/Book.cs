using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Claims;

/// <summary>Everything known, opened once: papers, experiments, runs, rules and claims. Every command, the tests and the report judge through it, so that the same runs have the same verdict everywhere.</summary>
public sealed class Book
{
    /// <summary>Where claims, numbers, rules, snapshots and records are looked for if nothing is said.</summary>
    public const string DefaultFolder = "expected-results";

    /// <summary>Where experiments are looked for if nothing is said.</summary>
    public const string DefaultExperiments = "experiments";

    private const string Measured = "measured";
    private readonly IEnumerable<StoredRun> _runs;
    private readonly Lazy<IReadOnlyList<Claim>> _claims;
    private readonly Lazy<RecipePapers> _papers;
    private readonly Lazy<ILookup<(string Dataset, int Size, string Model, MethodName Method), ExperimentCell>> _declared;
    private readonly List<StoredRun> _since = [];
    private HashSet<string>? _kept;
    private Known _known;

    /// <summary>A book of parts.</summary>
    /// <param name="published">All that is published.</param>
    /// <param name="rules">How cells are judged.</param>
    /// <param name="experiments">What is declared.</param>
    /// <param name="claims">What is claimed; asked for once, when it is needed.</param>
    /// <param name="runs">What was run, read when it is needed; of a run that comes twice, the first counts.</param>
    public Book(PublishedResults published, VerdictRules rules, IReadOnlyList<ExperimentFile> experiments, Func<IReadOnlyList<Claim>> claims, IEnumerable<StoredRun> runs)
    {
        (Published, Rules, Experiments, _runs) = (published, rules, experiments, runs);
        _claims = new(() => Checked(claims()));
        _papers = new(() => new RecipePapers(Experiments));
        _declared = new(() => Experiments.SelectMany(e => e.Cells).ToLookup(c => (c.Run.Dataset.Name, c.Run.Size, c.Run.Model.Name, c.Run.Method)));
        Runs = new ResultsIndex(runs.Select(r => r.Result));
        _known = new Known(this);
    }

    /// <summary>That folder, if the working directory has it.</summary>
    public static string? FolderHere => Directory.Exists(DefaultFolder) ? DefaultFolder : null;

    /// <summary>The folder; null for the copy inside this program, which has no snapshots.</summary>
    public string? Folder { get; private init; }

    /// <summary>The results store; null for none.</summary>
    public string? Results { get; private init; }

    /// <summary>All that is published.</summary>
    public PublishedResults Published { get; }

    /// <summary>How cells are judged.</summary>
    public VerdictRules Rules { get; }

    /// <summary>What is declared.</summary>
    public IReadOnlyList<ExperimentFile> Experiments { get; }

    /// <summary>Which files the published checkpoints are.</summary>
    public WeightsLock Lock { get; init; } = WeightsLock.Empty;

    /// <summary>Every claim, by file.</summary>
    /// <exception cref="MedBenchException">A file is malformed, or a claim names an experiment that its paper does not have.</exception>
    public IReadOnlyList<Claim> Claims => _claims.Value;

    /// <summary>What was run, as it is stored: enough to see what is missing. What is concluded from runs goes by <see cref="Evidence"/>, which checks their scores.</summary>
    public ResultsIndex Runs { get; }

    /// <summary>Every run with its files, each once.</summary>
    /// <exception cref="MedBenchException">A record's scores are others than its predictions give.</exception>
    public IReadOnlyList<StoredRun> Stored => _known.Stored;

    /// <summary>The runs by cell, those that count first.</summary>
    public IReadOnlyList<CellRuns> Cells => _known.Cells;

    /// <summary>All that is known. Further runs of a cell, from a second checkpoint for example, are left out.</summary>
    public ClaimEvidence Evidence => _known.Evidence;

    /// <summary>The snapshots.</summary>
    /// <exception cref="MedBenchException">There is no folder.</exception>
    public SnapshotFolder Snapshots => new(Folder ?? throw new MedBenchException(
        $"there is no folder {DefaultFolder} here, and only it has snapshots", $"go to a clone of MedBenchRepro, or name the folder with --expected"));

    /// <summary>Opens everything.</summary>
    /// <param name="folder">A folder like <c>expected-results</c>; null for the one in the working directory, or the copy inside this program.</param>
    /// <param name="results">Folder of the results store; null for none.</param>
    /// <param name="experiments">Folder of experiments; one that does not exist stands for the copy inside this program.</param>
    /// <param name="recompute">Leave out the records that the repository holds: only what the store has counts.</param>
    /// <param name="measured">Folder of kept records; null for the one in <paramref name="folder"/>.</param>
    /// <param name="also">Experiment file or folder that is declared besides, in place of those of the same name.</param>
    /// <exception cref="MedBenchException">A file is malformed.</exception>
    public static Book Open(string? folder = null, string? results = null, string experiments = DefaultExperiments, bool recompute = false, string? measured = null, string? also = null)
    {
        folder ??= FolderHere;
        var published = PublishedResults.Load(folder);
        IEnumerable<StoredRun> stored = results is null ? [] : new StoreSource(results).Runs();
        measured ??= folder is null ? null : Path.Combine(folder, Measured);
        IEnumerable<StoredRun> records = recompute || measured is null ? [] : new RecordsSource(measured).Runs();
        IReadOnlyList<ExperimentFile> declared = ExperimentCatalog.Load(experiments, published.Catalog);
        if (also is not null) declared = [.. ExperimentCatalog.Load(also, published.Catalog).Concat(declared).DistinctBy(e => e.Name)];
        return new Book(published, VerdictRules.Load(folder), declared, () => ClaimCatalog.Load(published, folder), stored.Concat(records)) { Folder = folder, Results = results, Lock = WeightsLock.Load(folder) };
    }

    /// <summary>The records in the repository: results of long runs without weights.</summary>
    /// <param name="folder">A folder like <c>expected-results</c>.</param>
    public static IEnumerable<RunResult> Records(string folder) => RecordCheck.Verified(new RecordsSource(Path.Combine(folder, Measured)).Runs()).Select(r => r.Result);

    /// <summary>The records in this book's folder.</summary>
    public IEnumerable<RunResult> KeptRecords => Folder is null ? [] : Records(Folder);

    /// <summary>Takes in runs that were made since the book was opened: each stands for the kept record of the same run, as it would in a book opened now; those that it has are passed over.</summary>
    public void Add(IEnumerable<StoredRun> runs)
    {
        var known = Stored.Select(r => r.RecordPath).ToHashSet(StringComparer.Ordinal);
        StoredRun[] fresh = [.. runs.Where(r => known.Add(r.RecordPath))];
        if (fresh.Length == 0) return;
        _since.AddRange(fresh);
        _known = new Known(this);
    }

    /// <summary>A run among those that it may be averaged with.</summary>
    /// <param name="run">A run that the book has.</param>
    public CellRuns CellRunsOf(RunResult run) => _known.ByRun[run.Id];

    /// <summary>The verdicts on runs of one cell: by each metric that they have, with the selected weights and with the last epoch's.</summary>
    public IEnumerable<JudgedCell> Judge(CellRuns cell)
    {
        RunResult[] results = [.. cell.Runs.Select(r => r.Result)];
        // Another checkpoint or data file, or further seeds: judged by these runs alone, under a name of its own.
        bool isApart = cell.Alternative > 0 && cell.Arithmetic is null;
        // Another arithmetic is a variant by its name; a CPU's has none, and is an alternative where a GPU's runs are the cell's.
        var arithmetic = cell.Arithmetic is { } other and not Precision.Fp32 ? other : (Precision?)null;
        CellKey Key(Metric metric) => cell.Alternative > 0 && arithmetic is null && (isApart || cell.Arithmetic is not null) ? (cell.Key with { Metric = metric }).With(cell.Alternative) : cell.Key with { Metric = metric };
        var judged = JudgedCell.OfRuns(results, Key, Published, Rules, isApart ? null : Evidence.Spreads, cell.Declared?.Run.Dataset);
        return arithmetic is { } named ? judged.Select(c => c with { Key = c.Key with { Variant = c.Key.Variant with { Precision = named } } }) : judged.Select(InItsClaim);
    }

    /// <summary>
    /// A cell by the verdict that it has in the claim on it, where others are tested beside it: a deviation that does not stand after Holm's correction over all of
    /// the claim's printed numbers is none anywhere. What is no deviation, or of no claim, as it is.
    /// </summary>
    public JudgedCell InItsClaim(JudgedCell cell) =>
        cell.Verdict.Kind == VerdictKind.Deviates && ClaimOn(cell.Key) is { } claim && Judge(claim).Cells.FirstOrDefault(c => c.Key == cell.Key) is { } among
            ? cell with { Verdict = among.Verdict }
            : cell;

    /// <summary>The cell that a run is of, for one metric.</summary>
    public CellKey KeyOf(RunResult run, Metric metric)
    {
        var key = PlainKeyOf(run, metric);
        return run.Spec.Weights.Sha256 is { } sha256 && !Lock.Accepts(run.Spec.Model, sha256) ? key with { Variant = key.Variant with { Unverified = true } } : key;
    }

    private CellKey PlainKeyOf(RunResult run, Metric metric)
    {
        var spec = run.Spec;
        return run.Configuration() is { } configuration
            ? CellKeys.Of(PaperOf(run), configuration, spec.Weights, metric, spec.Precision)
            : new CellKey(PaperOf(run), spec.Dataset, spec.Method.Name, spec.Model, spec.Size, metric, new CellVariant(spec.Method.Variant, spec.RecipeHash[..8]));
    }

    /// <summary>Whose numbers a run is compared with.</summary>
    public string PaperOf(RunResult run) => run.Configuration() is { } configuration ? _papers.Value.Of(configuration.Recipe) : _papers.Value.Of(run.Spec.Recipe);

    /// <summary>The declared cell that a run was of.</summary>
    /// <exception cref="MedBenchException">No experiment declares it.</exception>
    public ExperimentCell CellOf(RunResult run) => Experiments.SelectMany(e => e.Cells).FirstOrDefault(c => c.Includes(run.Spec)) ?? throw new MedBenchException(
        $"no experiment declares the run {run.Id}: its protocol or recipe is not this version's", "check out the version that made it (environment.version in its record), or declare it");

    /// <summary>The claim that a printed number is right; null if none is about it.</summary>
    public Claim? ClaimOn(CellKey cell) => _known.ByCell.GetValueOrDefault(cell);

    /// <summary>The verdict on a claim.</summary>
    public ClaimVerdict Judge(Claim claim) =>
        _known.Verdicts.TryGetValue(claim.Id, out var known) ? known : _known.Verdicts[claim.Id] = _known.Judge.Judge(claim);

    /// <summary>What the declared seeds could decide of a claim.</summary>
    public ClaimPower Power(Claim claim) => _known.Judge.Power(claim);

    /// <summary>A claim beside its snapshot.</summary>
    public SnapshotCheck Check(Claim claim) => SnapshotCheck.Of(Judge(claim), Snapshots, new SnapshotMaker(Rules));

    /// <summary>Copies the results behind a verdict that are only in the store to the records, with their predictions, so that a fresh clone comes to the same verdict.</summary>
    /// <returns>Ids of the runs copied.</returns>
    public IReadOnlyList<string> KeepRecords(ClaimVerdict verdict)
    {
        string folder = Folder ?? throw new MedBenchException("there is no folder to keep records in", "name one with --expected");
        // Once for all claims: every record is verified when it is read.
        _kept ??= Records(folder).Select(r => r.Id).ToHashSet();
        var used = verdict.Cells.SelectMany(c => c.Seeds).Concat(verdict.Runs).Select(s => s.RunId).ToHashSet();
        RunResult[] missing = [.. Evidence.Runs.Where(r => used.Contains(r.Id) && !_kept.Contains(r.Id))];
        foreach (var result in missing)
        {
            string record = Path.Combine(folder, Measured, verdict.Claim.Paper, result.Id + ".json");
            // Predictions first: a record that is there counts as kept.
            if (Results is { } results && Path.Combine(results, result.Id, PredictionsFile.Name) is var predictions && File.Exists(predictions))
                AtomicFile.Write(RecordsSource.PredictionsPath(record), stream => stream.Write(File.ReadAllBytes(predictions)));
            AtomicFile.WriteText(record, StrictJson.Write(result));
            _kept.Add(result.Id);
        }
        return [.. missing.Select(r => r.Id)];
    }

    /// <summary>The command that runs a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="seeds">How many seeds are wanted; null for those that the experiment names.</param>
    public static string CommandFor(ExperimentCell cell, int? seeds = null) =>
        $"medbench run experiments/{cell.Experiment}.yaml --filter id={cell.Id}{(seeds is { } n && n > cell.Seeds.Count ? $" --seeds 0-{n - 1}" : "")}";

    // A folder of experiments need not be whole; but a claim that names what its paper does not have would be about nothing.
    private IReadOnlyList<Claim> Checked(IReadOnlyList<Claim> claims)
    {
        var known = Experiments.Select(e => e.Name).ToHashSet();
        var papers = Experiments.Select(e => e.Experiment.Paper).ToHashSet();
        foreach (var claim in claims.Where(c => papers.Contains(c.Paper)))
            if (claim.Entry.Experiments.FirstOrDefault(name => !known.Contains(name)) is { } name)
                throw new MedBenchException($"{claim.Location}: no experiment '{name}'", Names.Unknown("experiment", name, known).Fix);
        foreach (var claim in claims)
            if (claim.Entry.Tests is { } tested && claims.Where(c => c.Paper == claim.Paper && c.Entry.Tests is null).Select(c => c.Sentence[(c.Paper.Length + 1)..]).Distinct().ToList() is var entries && !entries.Contains(tested))
                throw new MedBenchException($"{claim.Location}: no claim '{tested}' to test", Names.Unknown("claim", tested, entries).Fix);
        return claims;
    }

    // Runs of one cell from different data files, checkpoints or arithmetics are never one mean: those with most seeds are the cell's.
    private IEnumerable<CellRuns> Grouped(IReadOnlyList<StoredRun> runs) =>
        from run in runs
        let declared = DeclaredFor(run.Result).ToList()
        group (Run: run, Declared: declared) by KeyOf(run.Result, Metric.Acc) into same
        from cell in Apart(same.Key, same)
        select cell;

    private static IEnumerable<CellRuns> Apart(CellKey key, IEnumerable<(StoredRun Run, List<ExperimentCell> Declared)> runs)
    {
        var groups = runs
            .GroupBy(r => Identity(r.Run.Result.Spec))
            .SelectMany(same =>
            {
                // Several experiments may name one cell, each with its seeds: what one of them names was not chosen.
                var declared = same.First().Declared;
                var counted = declared.SelectMany(c => c.Counted(same.Select(r => (int)r.Run.Result.Spec.Seed))).ToHashSet();
                return same.GroupBy(r => (Identity: same.Key, Extra: declared.Count > 0 && !counted.Contains((int)r.Run.Result.Spec.Seed)));
            })
            .OrderBy(g => g.Key.Extra).ThenByDescending(g => g.Count()).ThenBy(g => g.Key.Identity, StringComparer.Ordinal).ToList();
        RunSpec Spec(int group) => groups[group].First().Run.Result.Spec;
        foreach (var (i, group) in groups.Index())
        {
            bool arithmeticAlone = i > 0 && !group.Key.Extra && Identity(Spec(i) with { Precision = Spec(0).Precision }) == groups[0].Key.Identity;
            yield return new CellRuns(
                key, [.. group.Select(r => r.Run).OrderBy(r => r.Result.Spec.Seed)], group.Key.Extra ? Math.Max(1, i) : i, group.First().Declared.FirstOrDefault(), arithmeticAlone ? Spec(i).Precision : null);
        }
    }

    private IEnumerable<ExperimentCell> DeclaredFor(RunResult run)
    {
        var spec = run.Spec;
        return _declared.Value[(spec.Dataset, spec.Size, spec.Model, spec.Method)].Where(c => c.IsOf(spec));
    }

    // All that the runs of one mean share.
    private static string Identity(RunSpec spec) => (spec with { Seed = 0, Subset = new SubsetDraw(spec.Subset.Subset) }).CanonicalJson();

    // What follows from the runs: made anew when there are more.
    private sealed class Known
    {
        private readonly Lazy<IReadOnlyList<StoredRun>> _stored;
        private readonly Lazy<IReadOnlyList<CellRuns>> _cells;
        private readonly Lazy<ClaimEvidence> _evidence;
        private readonly Lazy<ClaimJudge> _judge;
        private readonly Lazy<IReadOnlyDictionary<CellKey, Claim>> _byCell;
        private readonly Lazy<IReadOnlyDictionary<string, CellRuns>> _byRun;

        internal Known(Book book)
        {
            IReadOnlyList<StoredRun>? before = book._known?._stored is { IsValueCreated: true } known ? known.Value : null;
            _stored = new(() => [.. book._since.Concat(before ?? RecordCheck.Verified(book._runs)).DistinctBy(r => r.Result.Id, StringComparer.Ordinal)]);
            _cells = new(() => [.. book.Grouped(Stored)]);
            _evidence = new(() => new ClaimEvidence(book.Published, book.Experiments, new ResultsIndex(Cells.Where(c => c is { Alternative: 0, Key.Variant.Unverified: false }).SelectMany(c => c.Runs).Select(r => r.Result)), book.Rules));
            _judge = new(() => new ClaimJudge(Evidence, book.Claims));
            _byCell = new(() => OnCells(book));
            _byRun = new(() => Cells.SelectMany(c => c.Runs, (c, r) => (r.Result.Id, Cell: c)).ToDictionary(r => r.Id, r => r.Cell));
        }

        internal IReadOnlyList<StoredRun> Stored => _stored.Value;

        internal IReadOnlyList<CellRuns> Cells => _cells.Value;

        internal ClaimEvidence Evidence => _evidence.Value;

        internal ClaimJudge Judge => _judge.Value;

        internal Dictionary<string, ClaimVerdict> Verdicts { get; } = [];

        internal IReadOnlyDictionary<CellKey, Claim> ByCell => _byCell.Value;

        internal IReadOnlyDictionary<string, CellRuns> ByRun => _byRun.Value;

        private static Dictionary<CellKey, Claim> OnCells(Book book)
        {
            var claims = new Dictionary<CellKey, Claim>();
            foreach (var claim in book.Claims.Where(c => c.IsOnCells && c.Evidence == EvidenceSource.OurRuns && c.Against is null))
                foreach (var cell in book.Judge(claim).Cells)
                    claims.TryAdd(cell.Key, claim);
            return claims;
        }
    }
}
