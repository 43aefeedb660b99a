using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Runs.Cells;

namespace MedBench.Tests.Claims.Claims;

public sealed class ClaimFileTests
{
    private const string Head = "schema: 1\npaper: wu2025\nclaims:\n", Paired = "  - { id: a, statement: s, source: t, kind: paired, first: { kind: vit }, second: { kind: cnn }";
    private static readonly PublishedResults s_published = PublishedResults.Load();

    [Fact]
    public void Parse_ForEachAndCases_MakeOneClaimForEachCombination()
    {
        var claims = ClaimFile.Parse(Head + Paired + ", for-each: { size: 28|224, metric: acc|auc }, primary: x/28/acc, cases: [{ id: x, where: { method: knn } }, { id: y, first: { model: vit_* } }] }\n", "x.yaml", s_published);

        Assert.Equal(["wu2025/a/x/28/acc", "wu2025/a/x/28/auc", "wu2025/a/x/224/acc", "wu2025/a/x/224/auc"], claims.Take(4).Select(c => c.Id));
        Assert.Equal(8, claims.Count);
        Assert.Equal(new CellSelector { Method = "knn", Size = "28", Metric = "acc" }, claims[0].Entry.Where);
        Assert.Equal("vit_*", claims[^1].Entry.First!.Model);
        Assert.Equal("s (28 px, acc).", claims[0].Statement);
        Assert.Equal("x.yaml:4:5", claims[0].Location);
        Assert.Equal(["wu2025/a/x/28/acc"], claims.Where(c => c.IsPrimary).Select(c => c.Id));
        Assert.Equal("wu2025/a", Assert.Single(claims.Select(c => c.Sentence).Distinct()));
    }

    [Theory]
    [InlineData("  - { id: A_b, statement: s, source: t, kind: cells }\n", "x.yaml:4:11: the id 'A_b'")]
    [InlineData("  - { id: a, statement: s, source: '', kind: cells }\n", "x.yaml:4:36: a claim without a source")]
    [InlineData("  - { id: a, statement: '', source: t, kind: cells }\n", "x.yaml:4:25: the statement is empty")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cell, evidence: published:wu2025 }\n", "x.yaml:4:61: printed numbers cannot be reproduced")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, evidence: independent:wu2024 }\n", "x.yaml:4:62: unknown paper or study 'wu2024'")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, evidence: printed:wu2025 }\n", "x.yaml:4:62: the evidence 'printed:wu2025' is not known")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, weights: best }\n", "x.yaml:4:61: 'best' is none of selected, last-epoch")]
    [InlineData("  - { id: a, statement: s, source: t, kind: paired, first: { kind: vit } }\n", "x.yaml:4:45: a paired claim needs first and second")]
    [InlineData("  - { id: a, statement: s, source: t, kind: ordered, conditions: [{ size: '28' }] }\n", "x.yaml:4:45: an ordered claim needs at least two conditions")]
    [InlineData("  - { id: a, statement: s, source: t, kind: arg-max, conditions: [{ size: '28' }, { size: '64' }], best: { size: '32' } }\n", "x.yaml:4:45: an arg-max claim needs conditions")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, minimum: 0 }\n", "x.yaml:4:61: a claim needs at least one")]
    [InlineData("  - { id: a, statement: s, source: t, kind: most }\n", "x.yaml:4:45: ")]
    [InlineData("  - { id: a, statement: s, source: t, kind: 7 }\n", "x.yaml:4:45: '7' is none of")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, where: }\n", "x.yaml:4:52: claims[0].where is empty")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, where: { dataset: synthetik } }\n", "x.yaml:4:70: unknown dataset 'synthetik'")]
    [InlineData("  - { id: a, statement: s, source: t, kind: paired, first: { kind: vit }, second: { kind: cnn|cmm } }\n", "x.yaml:4:91: unknown kind 'cmm'")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, for-each: { size: 28|32 } }\n", "x.yaml:4:70: unknown size '32'")]
    [InlineData("  - { id: a, statement: s, source: t, kind: audit, evidence: audits, where: { dataset: breastmnist } }\n", "x.yaml:4:45: a claim on an audit, and no other, has audit")]
    [InlineData("  - { id: a, statement: s, source: t, kind: audit, where: { dataset: breastmnist }, audit: { count: images-in-groups, at-least: 2 } }\n", "x.yaml:4:5: the evidence of a claim on an audit")]
    [InlineData("  - { id: a, statement: s, source: t, kind: audit, evidence: audits, audit: { count: images-in-groups, at-least: 2 } }\n", "x.yaml:4:45: a claim on an audit names one dataset")]
    [InlineData("  - { id: a, statement: s, source: t, kind: audit, evidence: audits, where: { dataset: breastmnist }, audit: { count: images-in-groups, at-least: 0 } }\n", "x.yaml:4:110: at-least: 0 would be true of any file")]
    [InlineData("  - { id: a, statement: s, source: t, kind: cells, wher: {} }\n", "x.yaml:4:52: Property 'wher' not found")]
    [InlineData("  - { id: a, statement: s, kind: cells }\n", "x.yaml:4:32: Missing properties, 'source'")]
    public void Parse_Malformed_NamesFileLineAndColumn(string claim, string message)
    {
        var error = Assert.Throws<MedBenchException>(() => ClaimFile.Parse(Head + claim, "x.yaml", s_published));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Fix);
    }

    [Theory]
    [InlineData(", for-each: { metric: acc|auc } }\n", "x.yaml:4:5: wu2025/a has 2 rows, and 0 of them are primary")]
    [InlineData(", for-each: { metric: acc|auc }, primary: f1 }\n", "x.yaml:4:5: wu2025/a has 2 rows, and 0 of them are primary")]
    [InlineData(", evidence: independent:yang2023 }\n", "x.yaml:4:11: wu2025/a is tested on yang2023, which does not say how its protocol differs")]
    [InlineData(", against: published:yang2023 }\n", "x.yaml:4:107: only a claim on cells is against other numbers")]
    [InlineData(", effect: \"-1\" }\n", "x.yaml:4:106: an effect of -1 points")]
    public void Parse_RowsWithoutAPrimary_OrWhatDoesNotFit_IsRefused(string rest, string message) =>
        Assert.StartsWith(message, Assert.Throws<MedBenchException>(() => ClaimFile.Parse(Head + Paired + rest, "x.yaml", s_published)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("runs", EvidenceKind.Runs, null)]
    [InlineData("published:doerrich2025", EvidenceKind.Published, "doerrich2025")]
    [InlineData("independent:pecco2026", EvidenceKind.Independent, "pecco2026")]
    [InlineData("released:yang2023", EvidenceKind.Released, "yang2023")]
    [InlineData("audits", EvidenceKind.Audits, null)]
    public void Evidence_ThereAndBack_IsTheSame(string text, EvidenceKind kind, string? of)
    {
        var source = EvidenceSource.Parse(text, ["doerrich2025", "pecco2026", "yang2023"]);

        Assert.Equal((kind, of, text), (source.Kind, source.Of, source.ToString()));
    }

    [Fact]
    public void Parse_SameIdTwice_NamesBothPlaces() =>
        Assert.Equal("x.yaml:5:11: wu2025/a is declared twice, first at x.yaml:4:5", Assert.Throws<MedBenchException>(() => ClaimFile.Parse(Head + Paired + " }\n" + Paired + " }\n", "x.yaml", s_published)).Message);

    [Fact]
    public void Load_BuiltIn_DeclaresEveryClaimOfEveryPaper()
    {
        var claims = ClaimCatalog.Load(s_published);

        Assert.Equal(["doerrich2025", "pawlowska2023", "pecco2026", "wu2025", "yang2023"], claims.Select(c => c.Paper).Distinct());
        Assert.All(Enumerable.Range(1, 7), number => Assert.Contains(claims, c => c.Id.StartsWith($"wu2025/{number}-", StringComparison.Ordinal)));
        Assert.Equal(["audits", "published:doerrich2025", "independent:pecco2026", "runs"], claims.Where(c => c.IsTransfer).Select(c => $"{c.Evidence}").Distinct());
        // Every printed number of a dataset, method and metric has a claim: 12 datasets, of k-NN ACC alone.
        Assert.Equal(12 * 5, claims.Count(c => c.Id.StartsWith("doerrich2025/table/", StringComparison.Ordinal)));
        Assert.Equal(8, claims.Count(c => c.Id.StartsWith("yang2023/rerun/", StringComparison.Ordinal)));
        Assert.Equal(8, claims.Count(c => c.Id.StartsWith("yang2023/fidelity/", StringComparison.Ordinal)));
        Assert.All(claims, c => Assert.Matches("^[a-z0-9/.-]+$", c.Id));
    }

    [Fact]
    public void Matching_NoClaim_SuggestsTheNearest() =>
        Assert.Throws<MedBenchException>(() => ClaimCatalog.Matching(ClaimCatalog.Load(s_published), "wu2026/"));

    [Theory]
    [InlineData("plain", "", true)]
    [InlineData("plain", "lr-1e-5", false)]
    [InlineData("as-released*", "as-released+lr-1e-5", true)]
    [InlineData("5%|10%", "10%", true)]
    [InlineData(null, "anything", true)]
    public void Selector_Variant_MatchesPatterns(string? pattern, string variant, bool accepted) =>
        Assert.Equal(accepted, new CellSelector { Variant = pattern }.Accepts(new CellKey("p", "d", "knn", "m", 28, Metric.Acc, CellVariant.Parse(variant)), "cnn"));
}
