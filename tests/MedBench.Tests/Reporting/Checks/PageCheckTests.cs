using System.Text;
using MedBench.Core.Errors;
using MedBench.Reporting.Checks;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Checks;

public sealed class PageCheckTests : IDisposable
{
    private static readonly RunResult[] s_runs = [.. Enumerable.Range(0, 3).Select(seed => SampleRuns.Result(SampleRuns.Configuration(), seed, 0.861 + 0.001 * seed, 0.9))];
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static BenchmarkReport Report(params IReadOnlyList<RunResult> runs) => SampleReport.Build(new SampleRuns(runs));

    private IReadOnlyList<string> Check(string page, BenchmarkReport now) =>
        PageCheck.Open(_folder.Write("report.html", Encoding.UTF8.GetBytes(page))).Differences(now, SampleReport.Published);

    private static string Page(BenchmarkReport report) => new HtmlPage(SampleReport.Published, 3).Render(report);

    [Fact]
    public void Check_MeasuredPage_FindsNothing()
    {
        var check = PageCheck.Open(_folder.Write("report.html", Encoding.UTF8.GetBytes(SampleReport.MeasuredPage)));

        Assert.Equal(["wu2025", "yang2023"], check.Papers);
        Assert.Equal(SampleReport.Measured.Title, check.Title);
        Assert.Empty(check.Differences(SampleReport.Measured, SampleReport.Published));
    }

    [Fact]
    public void Check_ScoreWithoutTwinsChanged_IsNamed()
    {
        const string Shown = "<td>10<td>85.77<td>83.17<td>90.96";
        Assert.Contains(Shown, SampleReport.MeasuredPage, StringComparison.Ordinal);

        Assert.Contains(
            "twins of yang2023/BreastMNIST/from-scratch/resnet18.cifar/28: ACC % without: '99.99' on the page, '83.17' from the store",
            Check(SampleReport.MeasuredPage.Replace(Shown, "<td>10<td>85.77<td>99.99<td>90.96", StringComparison.Ordinal), SampleReport.Measured));
    }

    [Fact]
    public void Check_OtherDetails_AreThoseOfThePage() => Assert.Empty(Check(Page(Report(s_runs)), Report(s_runs)));

    [Fact]
    public void Check_RunAdded_IsNamed()
    {
        var late = SampleRuns.Result(SampleRuns.Configuration(), 4, 0.87, 0.91);

        Assert.Contains($"run {late.Id} came into the store after the page was made", Check(Page(Report(s_runs)), Report([.. s_runs, late])));
    }

    [Fact]
    public void Check_RunRemoved_IsNamed()
    {
        var lines = Check(Page(Report(s_runs)), Report(s_runs[..2]));

        Assert.Contains($"run {s_runs[2].Id} is on the page, but not in the store", lines);
        Assert.Contains(lines, l => l.StartsWith("figure", StringComparison.Ordinal) && l.EndsWith("is drawn otherwise from the store", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_RecordChanged_NamesRunMetricAndBothNumbers()
    {
        var changed = SampleRuns.Result(SampleRuns.Configuration(), 1, 0.9, 0.9);

        Assert.Contains($"run {changed.Id}: test ACC: '0.862' on the page, '0.9' from the store", Check(Page(Report(s_runs)), Report([s_runs[0], changed, s_runs[2]])));
    }

    [Theory]
    [InlineData("<td>86.20<", "<td>88.20<")]
    [InlineData("</span> <b>", "</span> <b>7")]
    [InlineData("[0.861,", "[0.871,")]
    [InlineData(" d=\"M", " d=\"M1")]
    public void Check_NumberEditedOnThePage_IsFound(string from, string to)
    {
        string page = Page(Report(s_runs));
        int at = page.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at > 0, $"nothing to edit: the page has no {from}");

        Assert.NotEmpty(Check(page[..at] + to + page[(at + from.Length)..], Report(s_runs)));
    }

    [Fact]
    public void Check_FigureThatIsNotOfTheStore_IsFound()
    {
        string page = Page(Report(s_runs)).Replace("</main>", "<figure id=\"mine\"><svg></svg><figcaption>99.9</figcaption></figure></main>", StringComparison.Ordinal);

        Assert.Contains(Check(page, Report(s_runs)), l => l.StartsWith("figure mine: caption: is on the page", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_PublishedNumberThatMoved_IsFound()
    {
        var report = Report(s_runs);
        var cell = report.Cells.First(c => c.IsRun && c.Cell.Published is not null);
        var moved = cell with { Cell = cell.Cell with { Published = cell.Cell.Published! with { Mean = 0.5 } } };
        var other = report with { Cells = [.. report.Cells.Select(c => c == cell ? moved : c)] };

        var lines = Check(Page(other), report);
        Assert.Contains(lines, l => l.StartsWith("cell BreastMNIST/", StringComparison.Ordinal) && l.Contains("'50.00' on the page", StringComparison.Ordinal));
        // And a report that draws it is told that it is printed nowhere.
        Assert.Contains(SourceCheck.Unfounded(new ReportFigures(SampleReport.Published).Draw(other), other, SampleReport.Published), l => l.Contains("draws 0.5 as", StringComparison.Ordinal));
    }

    [Fact]
    public void Sources_OfTheMeasuredReport_AreAllFound()
    {
        var groups = new ReportFigures(SampleReport.Published).Draw(SampleReport.Measured);

        Assert.Contains(groups.SelectMany(g => g.Figures).SelectMany(f => f.Table.Rows).SelectMany(r => r.Numbers), n => n.Origin == NumberOrigin.Evaluation);
        Assert.Empty(SourceCheck.Unfounded(groups, SampleReport.Measured, SampleReport.Published));
    }

    [Theory]
    [InlineData(NumberOrigin.Run, "selected/acc")]
    [InlineData(NumberOrigin.Mean, "selected/acc")]
    [InlineData(NumberOrigin.Evaluation, "val/loss@2")]
    [InlineData(NumberOrigin.Published, "yang2023/breastmnist/from-scratch/resnet18.cifar/28/acc")]
    public void Sources_InventedNumber_IsNamed(NumberOrigin origin, string of)
    {
        var report = Report(s_runs);
        var figure = new Figure("invented", "", "", "", "", new FigureTable(["x"], [new FigureRow(["x"], [new SourcedNumber(0.12345, origin, of, [s_runs[0].Id])])]));

        string line = Assert.Single(SourceCheck.Unfounded([new FigureGroup("g", "", [figure])], report, SampleReport.Published));
        Assert.Contains("figure invented draws 0.12345", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SomeOtherPage_IsRefused() =>
        Assert.Throws<MedBenchException>(() => PageCheck.Open(_folder.Write("other.html", "<html><body>0.5</body></html>"u8)));

    [Fact]
    public void Open_RecordsCutOut_IsRefused()
    {
        string page = Page(Report(s_runs)).Replace("\"runs\":", "\"ruins\":", StringComparison.Ordinal);

        Assert.Contains("damaged", Assert.Throws<MedBenchException>(() => Check(page, Report(s_runs))).Message, StringComparison.Ordinal);
    }
}
