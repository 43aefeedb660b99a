using MedBench.Claims.Published;
using MedBench.Core.Text;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>A paper's sentences, each tested in up to four ways: on numbers printed elsewhere, on other people's runs, on our runs of other encoders and datasets, and on our runs of the paper's own cells.</summary>
internal static class SentencesElsewhere
{
    private static readonly (string Name, Func<ReportedClaim, bool> Holds)[] s_ways =
    [
        ("printed elsewhere", c => c.Kind == EvidenceKind.Published),
        ("others' runs", c => c.Kind == EvidenceKind.Independent),
        ("our runs elsewhere", c => c is { Kind: EvidenceKind.Runs, IsTransfer: true }),
        ("our runs of its own cells", c => c is { Kind: EvidenceKind.Runs, IsTransfer: false }),
    ];

    /// <summary>One figure for each paper with such sentences.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<ReportedClaim> claims)
    {
        foreach (var paper in claims.Where(c => c is { IsPrimary: true, IsOnCells: false }).GroupBy(c => c.Paper))
        {
            var tested = paper.Where(c => c.Tests is not null).Select(c => c.Tests!).Distinct().ToHashSet();
            var sentences = paper.GroupBy(c => c.Tests ?? c.Entry).Where(g => tested.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
            EffectBlock[] blocks = [.. sentences.Select(Block).Where(b => b.Rows.Count > 0)];
            if (blocks.Length == 0) continue;
            string[] header = ["sentence", .. s_ways.Select(w => w.Name)];
            yield return EffectPlot.Draw(
                $"sentences-{paper.Key}", $"{paper.Key}: its sentences, tested in four ways",
                "Each by its primary row; a way that is missing has not been run or printed. What transfer shows is about other protocols, encoders or datasets.", blocks) with
            {
                Table = new FigureTable(header, [.. sentences.Select(g => new FigureRow([Sentence(g), .. s_ways.Select(w => Cell([.. g.Where(w.Holds)]))], []))]),
            };
        }
    }

    private static EffectBlock Block(IGrouping<string, ReportedClaim> sentence) => new(
        Sentence(sentence),
        [.. from way in s_ways from claim in sentence.Where(way.Holds) let row = EffectRow.Of(claim, way.Name, Note(claim)) where row is not null select row]);

    // The paper's own words: of the claim that tests nothing else.
    private static string Sentence(IEnumerable<ReportedClaim> claims) => claims.OrderBy(c => c.Tests is not null).First().Sentence.TrimEnd('.');

    private static string Note(ReportedClaim claim) => string.Join(" · ", ((string[])[claim.Way, claim.Evidence]).Where(t => t.Length > 0));

    // "2 seen, 1 not seen".
    private static string Cell(IReadOnlyList<ReportedClaim> claims) => claims.Count == 0 ? "nobody did"
        : string.Join(", ", claims.GroupBy(c => c.State).OrderByDescending(g => g.Count()).Select(g => claims.Count == 1 ? g.Key.Words() : $"{g.Count()} {g.Key.Words()}"));
}
