using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>Reads one <c>claims.yaml</c> strictly.</summary>
public static partial class ClaimFile
{
    private const string Fix = "compare it with expected-results/wu2025/claims.yaml or with schemas/claims.schema.json";
    private const string All = "all";

    /// <summary>The claims of a document, each combination of its <c>for-each</c> apart.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Name to show in errors.</param>
    /// <param name="published">Papers and their models.</param>
    /// <exception cref="MedBenchException">Malformed, or it names what does not exist; says file, line and column.</exception>
    public static IReadOnlyList<Claim> Parse(string yaml, string file, PublishedResults published)
    {
        var places = new YamlPlaces(yaml, file);
        var document = StrictYaml.Read<ClaimDocument>(places, ClaimDocument.CurrentSchema, Fix);
        MedBenchException Error(string message, string fix, params object[] path) => new($"{places.Of(path)}: {message}", fix);
        string[] papers = [.. published.Papers.Select(p => p.Name)];
        if (!papers.Contains(document.Paper))
            throw Error($"no paper '{document.Paper}' is on record", "name a folder of expected-results, and give it a row in papers.csv", "paper");

        var claims = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var (i, entry) in document.Claims.Index())
        {
            string place = places.Of("claims", i);
            foreach (var (c, one) in (entry.Cases.Length == 0 ? [entry] : entry.Cases.Select(c => c.Of(entry))).Index())
            {
                object[] here = entry.Cases.Length == 0 ? ["claims", i] : ["claims", i, "cases", c];
                if (Problem(one) is var (key, message, fix))
                    throw Error(message, fix, [.. here, key]);
                EvidenceSource Source(string property, string text)
                {
                    try
                    {
                        return EvidenceSource.Parse(text, papers);
                    }
                    catch (MedBenchException e)
                    {
                        throw Error(e.Message, e.Fix, [.. here, property]);
                    }
                }
                var (evidence, against) = (Source("evidence", one.Evidence), one.Against is { } text ? Source("against", text) : null);
                foreach (var (where, selector) in Selectors(one))
                    if (selector.Unknown(published) is var (property, unknown))
                        throw Error(unknown.Message, unknown.Fix, [.. here, .. where, property]);
                foreach (var claim in Expand(entry, one, document.Paper, place, evidence, against, published))
                {
                    // Of each dataset and metric those that were printed.
                    if (claim.IsOnCells && one.ForEach is not null && !published.Values.Any(v => IsOf(claim, v.Key, published)))
                        continue;
                    if (claim.IsTransfer && evidence.Of is { } of && (published.StudyOf(of)?.Deviations.ContainsKey(document.Paper) != true))
                        throw Error($"{claim.Id} is tested on {evidence.Of}, which does not say how its protocol differs", $"list the differences in expected-results/{evidence.Of}/study.yaml, under deviations: {document.Paper}", [.. here, "id"]);
                    if (!claims.TryAdd(claim.Id, claim))
                        throw Error($"{claim.Id} is declared twice, first at {claims[claim.Id].Location}", "give one of the two another id", [.. here, "id"]);
                }
            }
        }
        var rows = claims.Values.ToLookup(c => c.Sentence);
        foreach (var sentence in rows.Where(rows => rows.Count() > 1 && rows.Count(c => c.IsPrimary) != 1))
        {
            throw new MedBenchException(
                $"{sentence.First().Location}: {sentence.Key} has {sentence.Count()} rows, and {sentence.Count(c => c.IsPrimary)} of them are primary",
                $"name the one that decides under primary, for example primary: {sentence.First().Row}");
        }
        return [.. claims.Values.Select(c => rows[c.Sentence].Count() == 1 ? c with { IsPrimary = true } : c)];
    }

    private static (string Key, string Message, string Fix)? Problem(ClaimEntry e)
    {
        if (!IdPattern().IsMatch(e.Id))
            return ("id", $"the id '{e.Id}' has other characters than a-z, 0-9, '/', '.' and '-'", "dotnet test --filter breaks on others: choose such a name");
        if (e.Statement.Length == 0)
            return ("statement", "the statement is empty", "say the claim in words");
        if (e.Source.Length == 0)
            return ("source", "a claim without a source", "say where the paper says so");
        bool cells = e.Kind is ClaimKind.Cells or ClaimKind.Cell;
        if (cells && e.Evidence.StartsWith("published:", StringComparison.Ordinal))
            return ("evidence", "printed numbers cannot be reproduced by printed numbers", "write runs, independent:STUDY or released:PAPER");
        if (!cells && e.Against is not null)
            return ("against", "only a claim on cells is against other numbers", "leave it out");
        if (e.Kind != ClaimKind.Paired && (e.Says != Saying.Better || e.Effect != "0" || e.Choose is not null))
            return ("kind", "only a paired claim has says, effect and choose", "leave them out");
        if (double.TryParse(e.Effect, NumberStyles.Float, CultureInfo.InvariantCulture, out double points) && points is not (>= 0 and < 100))
            return ("effect", $"an effect of {e.Effect} points", "write points of at least 0, such as 2, or the name of an effect in rules.json");
        if (e.Minimum < 1 || e.Per.Length == 0)
            return (e.Minimum < 1 ? "minimum" : "per", "a claim needs at least one pair, row or sweep", "write a minimum of at least 1, and at least one key in per");
        if ((e.Kind == ClaimKind.Audit) != (e.Evidence == $"{EvidenceSource.Audits}"))
            return ("evidence", "the evidence of a claim on an audit, and of no other, is audits", "write kind: audit and evidence: audits, or neither");
        if ((e.Kind == ClaimKind.Audit) != (e.Audit is not null))
            return ("kind", "a claim on an audit, and no other, has audit", "write audit: { count: groups-in-conflict, at-least: 1 }, or leave it out");
        bool groups = e.First is not null && e.Second is not null, conditions = e.Conditions.Length >= 2;
        return e.Kind switch
        {
            ClaimKind.Paired when !groups || e.Conditions.Length > 0 => ("kind", "a paired claim needs first and second, and no conditions", "name both groups"),
            ClaimKind.Ordered when !conditions || groups => ("kind", "an ordered claim needs at least two conditions, and neither first nor second", "list the conditions, least first"),
            ClaimKind.Ordered when e.Conditions.Length > PageTrend.MaxConditions => ("conditions", $"{e.Conditions.Length} conditions are more than the test of a trend counts", $"name at most {PageTrend.MaxConditions}"),
            ClaimKind.ArgMax when !conditions || e.Best is null || !e.Conditions.Contains(e.Best) => ("kind", "an arg-max claim needs conditions, and best must be one of them", "repeat one of the conditions under best"),
            ClaimKind.Audit when e.Where.Dataset is null || e.ForEach is not null || groups || e.Conditions.Length > 0 || e.Minus is not null => ("kind", "a claim on an audit names one dataset in where, and has no groups", "write where: { dataset: NAME }"),
            ClaimKind.Audit when DatasetCatalog.Find(e.Where.Dataset) is null => ("where", $"no dataset '{e.Where.Dataset}'", "name one dataset"),
            ClaimKind.Audit when e.Audit!.AtLeast < 1 => ("audit", $"at-least: {e.Audit.AtLeast} would be true of any file", "write at least 1"),
            _ when cells && (groups || e.Conditions.Length > 0 || e.Minus is not null) => ("kind", "a claim on cells has no groups", "leave out first, second, conditions and minus"),
            _ => null,
        };
    }

    private static IEnumerable<(object[] Where, CellSelector Selector)> Selectors(ClaimEntry e) =>
        ((object[] Where, CellSelector? Selector)[])[
            (["for-each"], e.ForEach is { Dataset: All } each ? each with { Dataset = null } : e.ForEach), (["where"], e.Where), (["first"], e.First), (["second"], e.Second), (["best"], e.Best), (["minus"], e.Minus),
            .. e.Conditions.Select((c, i) => ((object[])["conditions", i], (CellSelector?)c))]
        is var all ? all.Where(s => s.Selector is not null).Select(s => (s.Where, s.Selector!)) : [];

    private static IEnumerable<Claim> Expand(ClaimEntry whole, ClaimEntry entry, string paper, string place, EvidenceSource evidence, EvidenceSource? against, PublishedResults published)
    {
        string[] ofCase = entry.Id == whole.Id ? [] : [entry.Id[(whole.Id.Length + 1)..]];
        IEnumerable<CellSelector> combinations = [new CellSelector()];
        void Multiply(string? alternatives, Func<CellSelector, string, CellSelector> set)
        {
            if (alternatives is not null)
                combinations = [.. combinations.SelectMany(c => Alternatives(alternatives).Select(a => set(c, a)))];
        }
        var each = entry.ForEach ?? new CellSelector();
        Multiply(each.Dataset == All ? string.Join('|', published.Catalog.DatasetsOf(paper).Select(d => d.Name)) : each.Dataset, (c, v) => c with { Dataset = v });
        Multiply(each.Method, (c, v) => c with { Method = v });
        Multiply(each.Variant, (c, v) => c with { Variant = v });
        Multiply(each.Kind, (c, v) => c with { Kind = v });
        Multiply(each.Model, (c, v) => c with { Model = v });
        Multiply(each.Size, (c, v) => c with { Size = v });
        Multiply(each.Metric, (c, v) => c with { Metric = v });
        foreach (var c in combinations)
        {
            string[] values = [.. ((string?[])[c.Dataset, c.Method, c.Variant, c.Kind, c.Model, c.Size, c.Metric]).OfType<string>()];
            var expanded = entry with
            {
                Where = entry.Where.With(c),
                Statement = values.Length == 0 ? entry.Statement : $"{entry.Statement.TrimEnd('.')} ({c}).",
            };
            string id = string.Join('/', (string[])[paper, entry.Id, .. values.Select(Slug)]);
            // Each dataset is a sentence of its own, and of printed numbers each metric: they hold or do not, whatever the others do.
            string?[] apart = expanded.Kind is ClaimKind.Cells or ClaimKind.Cell ? [c.Dataset, c.Metric] : [c.Dataset];
            string row = string.Join('/', ofCase.Concat(values.Except(apart.OfType<string>()).Select(Slug)));
            yield return new Claim(id, paper, expanded, place)
            {
                Sentence = string.Join('/', [paper, whole.Id, .. apart.OfType<string>().Select(Slug)]),
                IsPrimary = whole.Primary is null ? row.Length == 0 : row == whole.Primary,
                Row = row,
                Evidence = evidence,
                Against = against,
            };
        }
    }

    // Whether a printed number, and whatever else the claim rests on, is there.
    private static bool IsOf(Claim claim, CellKey printed, PublishedResults published)
    {
        bool OnRecord(EvidenceSource source) => source.Of is not { } of
            || (source.Kind == EvidenceKind.Released ? published.Released.ContainsKey(printed with { Paper = of }) : published.Find(printed with { Paper = of }) is not null);
        return printed.Paper == claim.Paper && OnRecord(claim.Evidence) && (claim.Against is null || OnRecord(claim.Against))
            && claim.Entry.Where.Accepts(printed, published.Models.FirstOrDefault(m => m.Paper == printed.Paper && m.Model == printed.Model)?.Kind ?? "");
    }

    private static string[] Alternatives(string text) => text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Slug(string text) => OtherCharacters().Replace(text.ToLowerInvariant(), "-");

    [GeneratedRegex(@"^[a-z0-9.-]+(/[a-z0-9.-]+)*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex("[^a-z0-9/.-]")]
    private static partial Regex OtherCharacters();
}
