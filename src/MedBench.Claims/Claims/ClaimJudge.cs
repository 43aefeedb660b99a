using System.Globalization;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>Turns evidence into verdicts on claims.</summary>
/// <param name="evidence">All that is known.</param>
/// <param name="claims">Every claim: the rows of one sentence are corrected together.</param>
public sealed partial class ClaimJudge(ClaimEvidence evidence, IReadOnlyList<Claim> claims)
{
    // The three are cuts through the same CT scans (MedMNIST v2, Sci Data 10:41).
    private static readonly string[] s_organs = ["organamnist", "organcmnist", "organsmnist"];
    private readonly VerdictRules _rules = evidence.Rules;
    private readonly ILookup<string, Claim> _rows = claims.ToLookup(c => c.Sentence);
    private readonly Dictionary<string, ClaimVerdict> _raw = [];

    /// <summary>The verdict on one claim. A secondary row is decided either way only if its p passes Holm's correction over the secondary rows of its sentence.</summary>
    public ClaimVerdict Judge(Claim claim)
    {
        var verdict = Raw(claim);
        if (claim.IsPrimary || claim.IsOnCells || verdict.P is not { } p)
            return Transferred(verdict);
        // As many tests as there are rows, whether they have been run or not.
        var family = _rows[claim.Sentence].Where(c => !c.IsPrimary).ToList();
        var known = family.Select(Raw).Where(v => v.P is not null).ToList();
        double corrected = MultipleTesting.Holm([.. known.Select(v => v.P!.Value)], family.Count)[known.FindIndex(v => v.Claim.Id == claim.Id)];
        var now = verdict with { CorrectedP = corrected };
        bool passes = corrected < _rules.Alpha || verdict.Outcome is not (ClaimOutcome.Holds or ClaimOutcome.Contradicted);
        return Transferred(passes ? now : now with { Outcome = verdict.Uncorrected, Reason = $"{verdict.Reason}; not after Holm's correction over {family.Count} secondary rows ({Show.PIs(corrected)})" });
    }

    private static ClaimVerdict Transferred(ClaimVerdict verdict) =>
        verdict.Claim.IsTransfer ? verdict with { Outcome = verdict.Outcome.Transferred() } : verdict;

    private ClaimVerdict Raw(Claim claim) => _raw.TryGetValue(claim.Id, out var known) ? known : _raw[claim.Id] = claim.IsOnCells ? OnCells(claim) : claim.IsOnAudit ? OnAudit(claim) : OnTrend(claim);

    private ClaimVerdict OnTrend(Claim claim)
    {
        var entry = claim.Entry;
        var cells = evidence.Cells(claim);
        var groups = Groups(entry);
        var units = Units(entry, groups, cells);
        Unit[] complete = [.. units.Where(u => u.Cells.IsComplete)];
        var chosen = groups.SelectMany(g => Chosen(entry, g, cells)).DistinctBy(c => c.Key).ToList();
        var blank = new ClaimVerdict(claim, ClaimOutcome.NotRun, "", complete.Length, Math.Max(entry.Minimum, MinimumOf(claim)), _rules.Hash)
        {
            Units = [.. units.Select(u => new ClaimUnit(u.Name, [.. groups.Select((_, i) => u.Cells.IsComplete ? u.Cells.Values[i] : (double?)null)]))],
            Runs = claim.Evidence == EvidenceSource.OurRuns ? [.. chosen.SelectMany(c => c.Runs)] : [],
            Missing = [.. chosen.Where(c => c.Runs.Count == 0)],
            LeftOut = units.Sum(u => u.Cells.LeftOut),
            Deviations = [.. evidence.Deviations(claim, chosen)],
            Caveats = Caveats(claim, chosen),
        };
        string noun = string.Join(" × ", entry.Per.Select(k => k.ToString().ToLowerInvariant())) + (entry.Per.Length == 1 ? "s" : " units");
        if (chosen.All(c => c.Runs.Count == 0))
            return blank with { Reason = $"none of the {chosen.Count} cells has been run" };
        if (complete.Length < blank.Needed)
            return blank with { Outcome = ClaimOutcome.Inconclusive, Reason = $"{complete.Length} of {units.Count} {noun} complete, but a decision needs at least {blank.Needed}; {blank.Missing.Count} of {chosen.Count} cells have not been run" };

        var trend = Test(claim, groups, complete, noun);
        var merged = claim.Kind == ClaimKind.Paired ? Merged(claim, complete) : null;
        return blank with
        {
            Outcome = trend.Outcome,
            Reason = trend.Reason + Pairs(claim, complete) + Coverage(blank, units, complete, noun) + Merging(trend, merged),
            Test = trend.Test,
            Effect = trend.Effect,
            Interval = trend.Interval,
            EquivalenceInterval = trend.EquivalenceInterval,
            P = trend.P,
            Uncorrected = trend.Uncorrected,
            Ahead = trend.Ahead,
            Bayes = trend.Bayes,
            OrgansMerged = merged,
            ShareOfChoices = entry.Choose is { } choose ? ShareOfChoices(claim, choose, groups, cells) : null,
            Settings = claim.Kind == ClaimKind.ArgMax ? Settings(groups, complete, trend) : [],
        };
    }

    private TrendVerdict Test(Claim claim, IReadOnlyList<CellSelector> groups, Unit[] units, string noun) => claim.Kind switch
    {
        ClaimKind.Paired => TrendClaims.Paired([.. units.Select(Difference)], ComparisonOf(claim), _rules, noun, overSeeds: IsOverSeeds(claim.Entry)),
        ClaimKind.Ordered => TrendClaims.Ordered([.. units.Select(u => u.Cells.Values)], _rules, noun),
        _ => TrendClaims.Best(Sweeps(units), groups.Index().First(g => g.Item == claim.Entry.Best).Index, [.. groups.Select(g => g.ToString())], _rules, noun),
    };

    // Where each unit is a mean over several pairs, their exceptions have names.
    private static string Pairs(Claim claim, Unit[] units)
    {
        var pairs = units.SelectMany(u => u.Cells.Pairs.Select(p => (Unit: u.Name, p.Model, p.Difference))).ToList();
        if (claim.Kind != ClaimKind.Paired || pairs.Count <= units.Length)
            return "";
        var behind = pairs.Where(p => Math.Round(p.Difference, 12) <= 0).ToList();
        string named = string.Join("; ", behind.GroupBy(p => p.Model).OrderByDescending(g => g.Count()).Take(ExceptionsShown).Select(g => $"{g.Key} on {string.Join(", ", g.Select(p => p.Unit))}"));
        return $"; {pairs.Count - behind.Count} of {pairs.Count} pairs ahead{(behind.Count == 0 ? "" : $", not {named}{(behind.Select(p => p.Model).Distinct().Count() > ExceptionsShown ? " …" : "")}")}";
    }

    private const int ExceptionsShown = 3;

    // What was compared is part of the verdict: units, and cells that found no partner.
    private static string Coverage(ClaimVerdict verdict, List<Unit> units, Unit[] complete, string noun) => string.Concat(
        complete.Length == units.Count ? "" : $"; {units.Count - complete.Length} of {units.Count} {noun} left out: not complete",
        verdict.LeftOut == 0 ? "" : $"; {Show.Count(verdict.LeftOut, "cell")} left out: what they would be compared with has no result",
        verdict.Missing.Count == 0 || complete.Length == 0 ? "" : $"; {complete.Sum(u => u.Cells.Used)} of {units.Sum(u => u.Cells.Used + u.Cells.LeftOut + u.Cells.Missing)} cells used");

    // Three datasets of the same scans are not three witnesses.
    private TrendVerdict? Merged(Claim claim, Unit[] units)
    {
        if (claim.Entry.Per is not [UnitKey.Dataset] || units.Count(u => s_organs.Contains(u.Name)) < 2)
            return null;
        var organs = units.ToLookup(u => s_organs.Contains(u.Name));
        return TrendClaims.Paired([.. organs[false].Select(Difference), organs[true].Average(Difference)], ComparisonOf(claim), _rules);
    }

    private static string Merging(TrendVerdict trend, TrendVerdict? merged) => merged is null ? ""
        : merged.Interval is not { } interval ? $"; with the Organ sets merged {merged.Reason}"
        : $"; with the Organ sets merged {Show.SignedPoints(merged.Effect)} ({Show.SignedPoints(interval.Low)} to {Show.SignedPoints(interval.High)})"
            + (merged.Outcome == trend.Outcome ? "" : $", which would be: {merged.Outcome.Words()}");

    private double ShareOfChoices(Claim claim, int choose, IReadOnlyList<CellSelector> groups, IReadOnlyList<ClaimCell> cells)
    {
        CellKey[][] sides = [.. groups.Select(g => Chosen(claim.Entry, g, cells).Select(c => c.Key).ToArray())];
        var first = sides[0].Select(key => key.Model).Distinct().Order(StringComparer.Ordinal).ToArray();
        var choices = Choices(first, Math.Min(choose, first.Length)).ToList();
        // Of the hundreds of choices each looks at these alone.
        var bearing = sides.SelectMany(side => side).ToHashSet();
        ClaimCell[] chosen = [.. cells.Where(c => bearing.Contains(c.Key))];
        return choices.Average(choice =>
        {
            string[] left = [.. first.Except(choice)];
            var units = Units(claim.Entry, groups, [.. chosen.Where(c => !left.Contains(c.Key.Model))]).Where(u => u.Cells.IsComplete).ToList();
            return TrendClaims.Paired([.. units.Select(Difference)], ComparisonOf(claim), _rules).Outcome == ClaimOutcome.Holds ? 1 : 0;
        });
    }

    private static IEnumerable<string[]> Choices(ReadOnlyMemory<string> names, int count)
    {
        if (count == 0)
            return [[]];
        return Enumerable.Range(0, names.Length - count + 1).SelectMany(i => Choices(names[(i + 1)..], count - 1).Select(rest => (string[])[names.Span[i], .. rest]));
    }

    private Comparison ComparisonOf(Claim claim)
    {
        var metrics = Enum.GetValues<Metric>().Where(m => m.Name() == (claim.Entry.Where.Metric ?? claim.Entry.First?.Metric)).ToList();
        var metric = metrics.Count == 1 ? metrics[0] : throw new MedBenchException($"{claim.Location}: a comparison needs one metric, for it decides what matters", "add metric: acc|auc to for-each, or one of them to where");
        double practical = _rules.Margin(metric, testImages: null);
        double effect = claim.Entry.Effect == ClaimEntry.Margin ? practical
            : double.TryParse(claim.Entry.Effect, NumberStyles.Float, CultureInfo.InvariantCulture, out double points) ? points / 100
            : _rules.Effect(claim.Entry.Effect, metric);
        return new Comparison(claim.Entry.Says, effect, practical);
    }

    private static IReadOnlyList<CellSelector> Groups(ClaimEntry entry) => entry.Kind == ClaimKind.Paired ? [entry.First!, entry.Second!] : entry.Conditions;

    private static double Difference(Unit unit) => unit.Cells.Values[0] - unit.Cells.Values[1];

    // Signed-rank and trend tests cannot be significant with fewer; a sweep can, if its runs agree.
    private int MinimumOf(Claim claim) => claim.Kind == ClaimKind.ArgMax ? 1 : IsOverSeeds(claim.Entry) ? TrendClaims.MinimumRuns(cells: 1) : _rules.MinimumPairs;

    private static bool IsOverSeeds(ClaimEntry entry) => entry.Per.Contains(UnitKey.Seed);

    private static List<Unit> Units(ClaimEntry entry, IReadOnlyList<CellSelector> groups, IReadOnlyList<ClaimCell> cells)
    {
        // Over seeds, a run is a cell of one run.
        IEnumerable<ClaimCell> Single(ClaimCell cell) => IsOverSeeds(entry) ? cell.Runs.Select(run => cell with { Runs = [run] }) : [cell];
        ILookup<string, ClaimCell> ByUnit(CellSelector selector) =>
            cells.Where(c => selector.Accepts(c.Key, c.Kind)).SelectMany(Single).ToLookup(c => string.Join('/', entry.Per.Select(k => UnitName(k, c))));
        var sides = groups.Select(g => ByUnit(entry.Where.With(g))).ToList();
        var minus = entry.Minus is null ? null : groups.Select(g => ByUnit(entry.Where.With(g).With(entry.Minus))).ToList();
        IReadOnlyList<CellSelector> naming = entry.Minus is null ? groups : [.. groups, entry.Minus];
        string Member(ClaimCell cell) => MemberName(naming, cell.Key);
        // A unit that one of the groups never declares is no unit: there is nothing to pair it with.
        var names = sides.Select(g => g.Select(unit => unit.Key)).Aggregate((a, b) => a.Intersect(b));
        return [.. names.Select(name => new Unit(name, CellGroup.Of(
            [.. sides.Select(s => (IReadOnlyList<ClaimCell>)[.. s[name]])], minus is null ? null : [.. minus.Select(m => (IReadOnlyList<ClaimCell>)[.. m[name]])],
            [.. groups.Select(g => g.Take)], Member)))];
    }

    // Partners are alike in everything that no group names: the same model, if the groups differ in the method.
    private static string MemberName(IReadOnlyList<CellSelector> naming, CellKey key)
    {
        string?[] parts =
        [
            naming.Any(s => s.Method is not null) ? null : key.Method,
            naming.Any(s => s.Model is not null || s.Kind is not null || s.Take == Take.Best) ? null : key.Model,
            naming.Any(s => s.Size is not null) ? null : $"{key.Resolution}",
            naming.Any(s => s.Variant is not null || s.Method is not null) ? null : $"{key.Variant}",
        ];
        return string.Join('/', parts);
    }

    private static IEnumerable<ClaimCell> Chosen(ClaimEntry entry, CellSelector group, IReadOnlyList<ClaimCell> cells)
    {
        var selector = entry.Where.With(group);
        var minus = entry.Minus is null ? null : selector.With(entry.Minus);
        return cells.Where(c => selector.Accepts(c.Key, c.Kind) || minus?.Accepts(c.Key, c.Kind) == true);
    }

    private static string UnitName(UnitKey key, ClaimCell cell) => key switch
    {
        UnitKey.Dataset => cell.Key.Dataset,
        UnitKey.Method => cell.Key.Method,
        UnitKey.Model => cell.Key.Model,
        UnitKey.Seed => $"seed {cell.Runs[0].Seed}",
        _ => $"{cell.Key.Resolution}",
    };

    private static SweepCell[] Sweeps(Unit[] units) => [.. units.Select(u => new SweepCell(u.Cells.Runs))];

    private static SettingResult[] Settings(IReadOnlyList<CellSelector> groups, Unit[] units, TrendVerdict trend)
    {
        double[] means = TrendClaims.Means(Sweeps(units)), curve = ExpectedBest.Curve(means);
        return [.. groups.Select((g, i) => new SettingResult(g.ToString(), means[i], trend.SettingP.Count == 0 ? 1 : trend.SettingP[i], curve[i]))];
    }

    private List<string> Caveats(Claim claim, IReadOnlyList<ClaimCell> cells)
    {
        string[] papers = [.. ((string?[])[claim.Evidence.Of ?? claim.Paper, claim.Against?.Of]).OfType<string>()];
        return [.. claim.Entry.Caveats
            .Concat(evidence.Published.Papers.Where(p => papers.Contains(p.Name) && p.Caveat.Length > 0).Select(p => $"{p.Name}: {p.Caveat}"))
            .Concat(cells.Select(c => c.Dataset).DistinctBy(card => card.Name).SelectMany(card => card.Caveats.Select(c => $"{card.Title}: {c}")))
            .Distinct()];
    }

    private sealed record Unit(string Name, CellGroup Cells);
}
