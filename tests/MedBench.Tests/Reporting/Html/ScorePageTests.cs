using AngleSharp.Html.Parser;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Reporting.Html;
using MedBench.Reporting.Scores;

namespace MedBench.Tests.Reporting.Html;

public sealed class ScorePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly DatasetCard s_breast = DatasetCatalog.Get("breastmnist");

    // 42 malignant, then 114 others.
    private static readonly int[] s_labels = [.. Enumerable.Range(0, 156).Select(i => i < 42 ? 0 : 1)];

    [Fact]
    public void Render_TwoFilesByClassAndGroups_DrawsEachPartOfEachFile()
    {
        using var folder = new TestFolder();
        var sheet = Sheet(folder, files: 2);
        var page = new HtmlParser().ParseDocument(ScorePage.Render(sheet, s_breast, "ids.csv"));

        Assert.Equal(
            ["recall-by-class", "precision-by-class", "excess-by-class", "acc-by-1-site", "auc-by-1-site", "overconfidence-by-1-site", "recall-by-1-site"],
            page.QuerySelectorAll("figure").Select(f => f.Id));
        // Two files and the mean of their scores, two classes, a dot each; and one in the legend.
        Assert.Equal(3 * 2 + 3, page.QuerySelectorAll("#recall-by-class svg path.dots").Length);
        Assert.Equal(3 * 2, page.QuerySelectorAll("#recall-by-class-data tbody tr").Length);
        Assert.Equal(3 * 2 * 2, page.QuerySelectorAll("#recall-by-1-site-data tbody tr").Length);
        var recall = sheet.Files[0].ByClass![0].Recall!;
        Assert.Contains($"{Show.Points(recall.Value)} ({Show.Points(recall.OverGroups!.Value.Low)} to {Show.Points(recall.OverGroups.Value.High)})", page.QuerySelector("#recall-by-class svg")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(ScoreTables.Files(sheet).Rows.Select(r => r.Fields), page.QuerySelectorAll("#files-h ~ div tbody tr").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray()));
        Assert.DoesNotContain("NaN", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MoreFilesThanColours_DrawsTheirMeanAloneAndListsAll()
    {
        using var folder = new TestFolder();
        var page = new HtmlParser().ParseDocument(ScorePage.Render(Sheet(folder, files: 9), s_breast, "ids.csv"));

        Assert.Equal(2, page.QuerySelectorAll("#recall-by-class svg path.dots").Length);
        Assert.Equal(10 * 2, page.QuerySelectorAll("#recall-by-class-data tbody tr").Length);
    }

    [SkippableFact]
    public async Task Page_Opened_HasNoComplaintAndNoSidewaysScroll()
    {
        using var folder = new TestFolder();
        await using var open = await OpenPage.Of(chromium, ScorePage.Render(Sheet(folder, files: 2), s_breast, "ids.csv"), width: 390);

        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    private static ScoreSheet Sheet(TestFolder folder, int files)
    {
        string groups = folder.Write("ids.csv", System.Text.Encoding.UTF8.GetBytes("index,group,site\n" + string.Concat(Enumerable.Range(0, 156).Select(i => $"{i},g{i / 2},{(i % 4 < 2 ? "a <site>" : "b")}\n"))));
        string[] paths = [.. Enumerable.Range(1, files).Select(f => folder.Write($"file{f}.csv", System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 156).Select(i =>
        {
            double yes = (s_labels[i] == 1) ^ (i % (3 + f) == 0) ? 0.9 - 0.001 * i : 0.1 + 0.001 * i;
            return FormattableString.Invariant($"{i},{1 - yes},{yes}\n");
        })))))];
        return ScoreSheet.Of(paths, s_breast, (s_labels, "test"), Breakdown.Of(["class", "site"], GroupFile.Read(groups, s_breast)));
    }
}
