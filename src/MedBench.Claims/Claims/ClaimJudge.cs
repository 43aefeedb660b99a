using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>Turns evidence into verdicts on claims.</summary>
/// <param name="evidence">All that is known.</param>
public sealed partial class ClaimJudge(ClaimEvidence evidence)
{
    private readonly VerdictRules _rules = evidence.Rules;

    /// <summary>The verdict on one claim.</summary>
    public ClaimVerdict Judge(Claim claim) => claim.Kind switch
    {
        ClaimKind.Cells or ClaimKind.Cell => OnCells(claim),
        _ => OnTrend(claim),
    };

    private ClaimVerdict OnTrend(Claim claim)
    {
        var entry = claim.Entry;
        var cells = evidence.Cells(claim);
        IReadOnlyList<CellSelector> groups = claim.Kind == ClaimKind.Paired ? [entry.First!, entry.Second!] : entry.Conditions;
        var units = Units(entry, groups, cells);
        Unit[] complete = [.. units.Where(u => u.Groups.All(g => g.IsComplete))];
        var chosen = groups.SelectMany(g => Chosen(entry, g, cells)).DistinctBy(c => c.Key).ToList();
        var blank = new ClaimVerdict(claim, ClaimOutcome.NotRun, "", complete.Length, Math.Max(entry.Minimum, MinimumOf(claim.Kind)), _rules.Hash)
        {
            Units = [.. units.Select(u => new ClaimUnit(u.Name, [.. u.Groups.Select(g => g.IsComplete ? g.Runs.Average() : (double?)null)]))],
            Runs = claim.PublishedBy is null ? [.. chosen.SelectMany(c => c.Runs)] : [],
            Missing = [.. chosen.Where(c => c.Runs.Count == 0)],
            Caveats = Caveats(claim, chosen),
        };
        string noun = string.Join(" × ", entry.Per.Select(k => k.ToString().ToLowerInvariant())) + (entry.Per.Length == 1 ? "s" : " units");
        if (chosen.All(c => c.Runs.Count == 0))
            return blank with { Reason = $"none of the {chosen.Count} cells has been run" };
        if (complete.Length < blank.Needed)
            return blank with { Outcome = ClaimOutcome.Inconclusive, Reason = $"{complete.Length} of {units.Count} {noun} complete, but a decision needs at least {blank.Needed}; {blank.Missing.Count} of {chosen.Count} cells have not been run" };

        var trend = Test(claim, groups, complete, noun);
        return blank with
        {
            Outcome = trend.Kind switch { TrendKind.Holds => ClaimOutcome.Holds, TrendKind.Contradicted => ClaimOutcome.Contradicted, _ => ClaimOutcome.Inconclusive },
            Reason = complete.Length == units.Count ? trend.Reason : $"{trend.Reason} ({units.Count - complete.Length} of {units.Count} {noun} left out: not complete)",
            Test = trend.Test,
            Effect = trend.Effect,
            P = trend.P,
            Share = trend.Improvement,
            ShareInterval = trend.ImprovementInterval,
            Settings = claim.Kind == ClaimKind.ArgMax ? Settings(groups, complete, trend) : [],
        };
    }

    private TrendVerdict Test(Claim claim, IReadOnlyList<CellSelector> groups, Unit[] units, string noun) => claim.Kind switch
    {
        ClaimKind.Paired => TrendClaims.Paired(claim.Statement, [.. units.Select(u => new PairedCell(u.Groups[0].Runs, u.Groups[1].Runs))], _rules, noun),
        ClaimKind.Ordered => TrendClaims.Ordered(claim.Statement, [.. units.Select(u => u.Groups.Select(g => g.Runs.Average()).ToArray())], _rules, noun),
        _ => TrendClaims.Best(claim.Statement, Sweeps(units), groups.Index().First(g => g.Item == claim.Entry.Best).Index, [.. groups.Select(g => g.ToString())], _rules, noun),
    };

    // Signed-rank and trend tests cannot be significant with fewer; a sweep can, if its runs agree.
    private int MinimumOf(ClaimKind kind) => kind == ClaimKind.ArgMax ? 1 : _rules.MinimumPairs;

    private static List<Unit> Units(ClaimEntry entry, IReadOnlyList<CellSelector> groups, IReadOnlyList<ClaimCell> cells)
    {
        ILookup<string, ClaimCell> ByUnit(CellSelector selector) =>
            cells.Where(c => selector.Accepts(c.Key, c.Kind)).ToLookup(c => string.Join('/', entry.Per.Select(k => UnitName(k, c.Key))));
        var chosen = groups.Select(g => (
            g.Take,
            Cells: ByUnit(entry.Where.With(g)),
            Minus: entry.Minus is null ? null : ByUnit(entry.Where.With(g).With(entry.Minus)))).ToList();
        // A unit that one of the groups never declares is no unit: there is nothing to pair it with.
        var names = chosen.Select(g => g.Cells.Select(unit => unit.Key)).Aggregate((a, b) => a.Intersect(b));
        return [.. names.Select(name => new Unit(name, [.. chosen.Select(g =>
            CellGroup.Of([.. g.Cells[name]], g.Take).Minus(g.Minus is null ? null : CellGroup.Of([.. g.Minus[name]], g.Take)))]))];
    }

    private static IEnumerable<ClaimCell> Chosen(ClaimEntry entry, CellSelector group, IReadOnlyList<ClaimCell> cells)
    {
        var selector = entry.Where.With(group);
        var minus = entry.Minus is null ? null : selector.With(entry.Minus);
        return cells.Where(c => selector.Accepts(c.Key, c.Kind) || minus?.Accepts(c.Key, c.Kind) == true);
    }

    private static string UnitName(UnitKey key, CellKey cell) => key switch
    {
        UnitKey.Dataset => cell.Dataset,
        UnitKey.Method => cell.Method,
        UnitKey.Model => cell.Model,
        _ => $"{cell.Resolution}",
    };

    private static SweepCell[] Sweeps(Unit[] units) => [.. units.Select(u => new SweepCell([.. u.Groups.Select(g => g.Runs)]))];

    private static SettingResult[] Settings(IReadOnlyList<CellSelector> groups, Unit[] units, TrendVerdict trend)
    {
        var sweeps = Sweeps(units);
        double[] means = BestSetting.Means(sweeps), shares = BestSetting.CellShares(sweeps), curve = ExpectedBest.Curve(means);
        return [.. groups.Select((g, i) => new SettingResult(g.ToString(), means[i], shares[i], trend.Shares[i], curve[i]))];
    }

    private List<string> Caveats(Claim claim, IReadOnlyList<ClaimCell> cells)
    {
        string[] papers = claim.PublishedBy is { } by ? [by] : [claim.Paper];
        return [.. claim.Entry.Caveats
            .Concat(evidence.Published.Papers.Where(p => papers.Contains(p.Name) && p.Caveat.Length > 0).Select(p => $"{p.Name}: {p.Caveat}"))
            .Concat(cells.Select(c => c.Key.Dataset).Distinct().Select(Data.Datasets.DatasetCatalog.Get).SelectMany(card => card.Caveats.Select(c => $"{card.Title}: {c}")))
            .Distinct()];
    }

    private sealed record Unit(string Name, IReadOnlyList<CellGroup> Groups);
}
