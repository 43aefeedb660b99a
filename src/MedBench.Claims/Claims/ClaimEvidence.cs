using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.Claims.Claims;

/// <summary>All that is known, cell by cell: what the experiments declare, what was run, what was printed.</summary>
public sealed class ClaimEvidence
{
    private readonly IReadOnlyList<ExperimentFile> _experiments;
    private readonly ResultsIndex _runs;
    private readonly Dictionary<(string Paper, string Model), string> _kinds;
    private readonly Lazy<IReadOnlyList<KnownCell>> _known;
    private readonly Dictionary<TestedWeights, IReadOnlyList<ClaimCell>> _byWeights = [];
    private readonly Dictionary<(CellKey Family, TestedWeights Weights), ModeratedVariance> _spreads = [];
    private readonly Dictionary<TestedWeights, ILookup<CellKey, ClaimCell>> _families = [];
    // Hundreds of claims choose from a few sets of cells.
    private readonly Dictionary<(string Paper, EvidenceSource Evidence, bool IsOnCells, TestedWeights Weights, string Experiments), IReadOnlyList<ClaimCell>> _choices = [];

    /// <summary>Collects the evidence.</summary>
    /// <param name="published">All that is published.</param>
    /// <param name="experiments">What is declared.</param>
    /// <param name="runs">What was run.</param>
    /// <param name="rules">How cells are judged.</param>
    public ClaimEvidence(PublishedResults published, IReadOnlyList<ExperimentFile> experiments, ResultsIndex runs, VerdictRules rules)
    {
        (Published, Rules, _experiments, _runs) = (published, rules, experiments, runs);
        _kinds = published.Models.ToDictionary(m => (m.Paper, m.Model), m => m.Kind);
        _known = new(AllKnown);
    }

    /// <summary>All that is published.</summary>
    public PublishedResults Published { get; }

    /// <summary>How cells are judged.</summary>
    public VerdictRules Rules { get; }

    /// <summary>Every run that went in.</summary>
    public IReadOnlyList<RunResult> Runs => _runs.All;

    /// <summary>
    /// The cells that a claim may choose from: of its experiments, and the published ones of its paper that no experiment declares, each once; or those
    /// that others printed or ran, under their own name where an order among them is claimed, under the claim's paper where its printed numbers are.
    /// </summary>
    public IReadOnlyList<ClaimCell> Cells(Claim claim)
    {
        var choice = (claim.Paper, claim.Evidence, claim.IsOnCells, claim.Weights, string.Join('|', claim.Entry.Experiments));
        return _choices.TryGetValue(choice, out var known) ? known : _choices[choice] = Choose(claim);
    }

    /// <summary>Every declared cell, once for each experiment that declares it, and every published one that none declares. No run is looked at.</summary>
    public IReadOnlyList<KnownCell> Known => _known.Value;

    /// <summary>The cells of <see cref="Known"/> with what was measured.</summary>
    /// <param name="weights">Weights that were tested.</param>
    public IReadOnlyList<ClaimCell> All(TestedWeights weights)
    {
        if (_byWeights.TryGetValue(weights, out var known))
            return known;
        return _byWeights[weights] = [.. Known.Select(c => new ClaimCell(c.Key, Kind(c.Key), SeedValues(RunsOf(c.Declared), c.Key.Metric, weights), c.Declared))];
    }

    /// <summary>The verdict on a cell of a claim: its runs, or somebody else's, against the printed number or what stands in its place.</summary>
    public JudgedCell Judge(Claim claim, ClaimCell cell)
    {
        if (claim.Evidence == EvidenceSource.OurRuns && claim.Against is null)
            return Judge(cell.Key, cell.Declared, claim.Weights);
        var printed = Published.Find(claim.Against is { Of: var study } ? cell.Key with { Paper = study! } : cell.Key);
        var evidence = CellEvidence.For(cell.Key, cell.Dataset, [.. cell.Runs.Select(r => r.Value)], Published, Spreads(cell.Key, claim.Weights)) with { Published = printed, Known = null };
        return new JudgedCell(cell.Key, cell.Dataset, cell.Runs, printed, CellJudge.Judge(evidence, Rules));
    }

    /// <summary>In what the protocol of a claim's evidence differs from the paper's: what the study says, or the experiments whose runs count.</summary>
    public IEnumerable<string> Deviations(Claim claim, IReadOnlyList<ClaimCell> cells)
    {
        var studies = ((EvidenceSource?[])[claim.Evidence, claim.Against]).Select(s => s?.Of).OfType<string>()
            .SelectMany(of => Published.StudyOf(of)?.Deviations.GetValueOrDefault(claim.Paper) ?? []);
        var used = cells.Select(c => c.Declared?.Experiment).OfType<string>().ToHashSet();
        return studies.Concat(_experiments.Where(e => used.Contains(e.Name)).SelectMany(e => e.Experiment.Deviations)).Distinct();
    }

    /// <summary>The verdict on one cell, by its own noise, drawn towards its family's.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="declared">Where it is declared; null if nowhere.</param>
    /// <param name="weights">Weights that were tested.</param>
    /// <param name="since">Runs made since the evidence was collected: they count in this verdict alone.</param>
    public JudgedCell Judge(CellKey key, ExperimentCell? declared, TestedWeights weights, IReadOnlyList<RunResult>? since = null) =>
        JudgedCell.Of(key, Together(RunsOf(declared), since ?? []), Published, Rules, Spreads(key, weights), weights, declared?.Run.Dataset);

    /// <summary>The spreads between seeds of the cells of one dataset, method, variant and metric, of all models and sizes: our runs and printed stds, one estimate a cell.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="weights">Weights that were tested.</param>
    public ModeratedVariance Spreads(CellKey key, TestedWeights weights)
    {
        var family = Family(key);
        if (_spreads.TryGetValue((family, weights), out var known))
            return known;
        if (!_families.TryGetValue(weights, out var byFamily))
            _families[weights] = byFamily = All(weights).DistinctBy(c => c.Key).ToLookup(c => Family(c.Key));
        return _spreads[(family, weights)] = ModeratedVariance.Of([.. byFamily[family].Select(Own).OfType<Spread>()]);
    }

    private IReadOnlyList<ClaimCell> Choose(Claim claim)
    {
        if (claim.Evidence.Of is { } paper)
        {
            var numbers = claim.Evidence.Kind == EvidenceKind.Released
                ? Published.Released.Where(r => r.Key.Paper == paper).Select(r => (r.Key, Runs: (IReadOnlyList<SeedValue>)[.. r.Value.Select(run => new SeedValue(run.Seed, run.Value, run.Location))]))
                : Published.Values.Where(v => v.Key.Paper == paper).Select(v => (v.Key, Runs: SeedValues(v)));
            return [.. numbers.Select(n => new ClaimCell(claim.IsOnCells ? n.Key with { Paper = claim.Paper } : n.Key, Kind(n.Key), n.Runs))];
        }
        var wanted = claim.Entry.Experiments;
        var exploratory = _experiments.Where(e => e.Experiment.Exploratory).Select(e => e.Name).ToHashSet();
        return [.. All(claim.Weights).Where(c => c.Key.Paper == claim.Paper && (c.Declared is null
            ? wanted.Length == 0
            : wanted.Length == 0 ? !exploratory.Contains(c.Declared.Experiment) : wanted.Contains(c.Declared.Experiment))).DistinctBy(c => c.Key)];
    }

    private List<KnownCell> AllKnown()
    {
        List<KnownCell> cells = [.. from declared in _experiments.SelectMany(e => e.Cells)
                                    from metric in declared.Metrics
                                    select new KnownCell(declared.Key(metric), declared)];
        var declaredKeys = cells.Select(c => c.Key).ToHashSet();
        cells.AddRange(Published.Values.Where(v => !declaredKeys.Contains(v.Key)).Select(v => new KnownCell(v.Key, null)));
        return cells;
    }

    // Arithmetics are never one mean: what was made since on another device waits until it is a cell's own.
    private static RunResult[] Together(IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> since) =>
        [.. runs, .. since.Where(s => runs.Count == 0 || s.Spec.Precision == runs[0].Spec.Precision)];

    private IReadOnlyList<RunResult> RunsOf(ExperimentCell? cell) => cell is null ? [] : _runs.Of(cell);

    private Spread? Own(ClaimCell cell) => RerunNoise.Own(
        cell.Key.Metric, cell.Runs.Count == 0 ? null : SampleSummary.Of([.. cell.Runs.Select(r => r.Value)]), Published.Find(cell.Key),
        cell.Dataset.Splits.Test);

    private static CellKey Family(CellKey key) => key with { Model = "", Resolution = 0 };

    private string Kind(CellKey key) => _kinds.GetValueOrDefault((key.Paper, key.Model), "");

    // Single runs where they are on record, else the mean as one.
    private IReadOnlyList<SeedValue> SeedValues(PublishedValue printed) => Published.RunsOf(printed.Key) is { Count: > 0 } runs
        ? [.. runs.Select(r => new SeedValue(r.Seed, r.Value, r.Location))]
        : [new SeedValue(0, printed.Mean, printed.Location)];

    private static SeedValue[] SeedValues(IReadOnlyList<RunResult> runs, Metric metric, TestedWeights weights) =>
        [.. from run in runs
            let value = run.Test(metric, weights)
            where value is not null
            select new SeedValue(run.Spec.Seed, value.Value, run.Id)];
}
