using MedBench.Reporting.Figures;

namespace MedBench.Reporting.Html;

/// <summary>What the template shows: text and nothing to compute.</summary>
internal sealed record PageModel(
    string Title,
    string Generator,
    string PaperNames,
    IReadOnlyList<PagePaper> Papers,
    IReadOnlyList<PageNotice> Notices,
    IReadOnlyList<Figure> Decided,
    IReadOnlyList<PageCount> Counts,
    IReadOnlyList<string> SummaryLines,
    IReadOnlyList<PageFact> Facts,
    IReadOnlyList<PageClaimGroup> Claims,
    IReadOnlyList<FigureGroup> Groups,
    IReadOnlyList<PageSelect> Selects,
    IReadOnlyList<PageRow> Rows,
    IReadOnlyList<string> Legend,
    IReadOnlyList<string> Environments,
    IReadOnlyList<string> Limitations,
    IReadOnlyList<PageCaveat> Caveats,
    int RunCount,
    string Records,
    string Css,
    string Script)
{
    /// <summary>What was run just now: one table, or none.</summary>
    public IReadOnlyList<PageLive> Live { get; init; } = [];

    /// <summary>Scores with and without twins: one table, or none.</summary>
    public IReadOnlyList<PageTwins> Twins { get; init; } = [];

    /// <summary>Papers and number of detailed configurations: with them, a check makes the same page again.</summary>
    public string Options { get; init; } = "";
}
