using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MedBench.Core.Text;
using MedBench.Reporting.Formats;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Formats;

public sealed partial class MarkdownSummaryTests
{
    private static string Write(BenchmarkReport report, int limit = MarkdownSummary.StepSummaryBytes) => Encoding.UTF8.GetString(new MarkdownSummary("", "", limit).Write(report));

    [Fact]
    public void Write_MeasuredRuns_VerdictsAndClaimsComeBeforeTheFoldedTables()
    {
        string text = Write(SampleReport.Measured);
        int verdicts = text.IndexOf("| verdict | cells |", StringComparison.Ordinal), fold = text.IndexOf("<details>", StringComparison.Ordinal);

        Assert.InRange(verdicts, 0, fold);
        foreach (var (kind, count) in SampleReport.Measured.Summary.Counts) Assert.Contains($"| {kind.Words()} | {count} |", text, StringComparison.Ordinal);
        Assert.All(SampleReport.Measured.Marks, m => Assert.InRange(text.IndexOf(m.Text[..12], StringComparison.Ordinal), 0, verdicts));
        Assert.Contains("breastmnist/from-scratch/resnet18.cifar/28/acc", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MarkdownSummary.PullRequestBytes)]
    [InlineData(MarkdownSummary.StepSummaryBytes)]
    public void Write_WholeGrid_FitsAndSaysWhatItLeftOut(int limit)
    {
        var report = SampleReport.GridReport.Value;
        string text = Write(report, limit);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1000, limit);
        Assert.Equal(text.Split("<details>").Length, text.Split("</details>").Length);
        string every = text[text.IndexOf("Every cell", StringComparison.Ordinal)..];
        int left = LeftOut().Match(every) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        int none = NoneFits().Match(every) is { Success: true } whole ? int.Parse(whole.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        Assert.Equal(report.Cells.Count(c => c.IsRun), CellRow().Count(every) + left + none);
    }

    [Fact]
    public void Write_TextOfARun_CannotBecomeMarkup()
    {
        var result = SampleRuns.Result(SampleRuns.Configuration(), 0, 0.5, 0.5) with { Environment = SampleRuns.Machine with { Cpu = "<script>|`@team [x](y)" } };
        string text = Write(SampleReport.Build(new SampleRuns(result)));

        Assert.Contains("&lt;script>\\|\\`&#64;team \\[x](y)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MeasuredRuns_SaysIntervalsOfGapsInPointsAsThePageDoes()
    {
        var gaps = SampleReport.Measured.Claims.Where(c => c.Interval is not null).ToList();
        string text = Write(SampleReport.Measured);

        Assert.NotEmpty(gaps);
        Assert.All(gaps, c => Assert.Contains($"| {ClaimGroups.Interval(c).Replace("[", "\\[", StringComparison.Ordinal)} |", text, StringComparison.Ordinal));
        Assert.All(gaps, c => Assert.EndsWith("points", ClaimGroups.Interval(c), StringComparison.Ordinal));
        Assert.Contains("cells on record run (", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?m)^\| doerrich2025/")]
    private static partial Regex CellRow();

    [GeneratedRegex(@"\A.* \((\d+)\): does not fit here")]
    private static partial Regex NoneFits();

    [GeneratedRegex(@"(?m)^(\d+) more rows do not fit")]
    private static partial Regex LeftOut();
}
