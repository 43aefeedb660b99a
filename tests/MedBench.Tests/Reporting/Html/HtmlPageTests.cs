using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedBench.Data.Datasets;
using MedBench.Reporting.Html;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Tests.Reporting.Html;

public sealed partial class HtmlPageTests
{
    [Fact]
    public void Render_SameReport_SameBytes() => Assert.Equal(SampleReport.MeasuredPage, new HtmlPage(SampleReport.Published).Render(SampleReport.Measured));

    [Fact]
    public void Render_AnyReport_NamesNoAddressToLoad()
    {
        Assert.DoesNotMatch(Loading(), SampleReport.MeasuredPage);
        Assert.Contains("default-src 'none'", SampleReport.MeasuredPage, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MeasuredRuns_FirstScreenSaysWhatWasRun()
    {
        string first = SampleReport.MeasuredPage[..SampleReport.MeasuredPage.IndexOf("id=\"figures\"", StringComparison.Ordinal)];

        Assert.Contains("MedMNIST v2", first, StringComparison.Ordinal);
        Assert.Matches(@"4 of \d+ cells on record for yang2023", first);
        Assert.Contains("seeds 0–9", first, StringComparison.Ordinal);
        Assert.Contains("Partial grid", first, StringComparison.Ordinal);
        Assert.Contains(SampleReport.Measured.Commits[0][..12], first, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_CellWithTwins_SaysInItsDetailsWhatTheyMakeOfIt()
    {
        var rows = PageBuilder.Of(SampleReport.Measured, []).Rows;

        var row = rows.Single(r => r is { Dataset: "BreastMNIST", Method: "from-scratch", Model: "resnet18.cifar", Metric: "ACC", Variant: "", Ours: not "" });
        Assert.StartsWith("Twins: 83.17 % on 104 test images without a twin in training, 90.96 % on 52 with one: +7.79 points", row.Twins, StringComparison.Ordinal);
        Assert.EndsWith("the verdict is on all images).", row.Twins, StringComparison.Ordinal);
        Assert.Equal("", rows.First(r => r.Dataset == "RetinaMNIST").Twins);
    }

    // Of its two cells, the paper prints one.
    [Fact]
    public void Render_LastEpochOfACellInPart_IsCountedAsJudgedTwice()
    {
        var run = SampleRuns.Configuration("dermamnist", "vit_base_patch14_dinov2.lvd142m", "wu2025", "end-to-end", 224);
        var result = SampleRuns.Result(run, 0, 0.9, 0.98, SampleRuns.Checkpoint('1'));
        result = result with { Metrics = new Dictionary<string, SplitResult>(result.Metrics) { [RunResult.SplitOf(TestedWeights.LastEpoch)] = result.Test(TestedWeights.Selected)! } };
        var facts = PageBuilder.Of(SampleReport.Build(new SampleRuns(result)), []).Facts;

        Assert.Contains(", 1 of them judged a second time", facts[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Records_HoldEveryRunWithItsChecksums()
    {
        using var records = JsonDocument.Parse(Records().Match(SampleReport.MeasuredPage).Groups[1].Value);

        var runs = records.RootElement.GetProperty("runs");
        Assert.Equal(SampleReport.Measured.Runs.Select(r => r.Id), runs.EnumerateObject().Select(r => r.Name));
        string[] strings = [.. records.RootElement.GetProperty("strings").EnumerateArray().Select(s => s.GetString()!)];
        Assert.Contains(DatasetCatalog.Get("breastmnist").File(28).Md5, strings);
        Assert.Contains("medbench run --dataset {dataset} --size {size} --model {model} --method {method} --recipe {recipe} --seeds {seeds}", strings);
    }

    [Fact]
    public void Render_TextOfARun_CannotBecomeMarkup()
    {
        var result = SampleRuns.Result(SampleRuns.Configuration(), 0, 0.86, 0.9) with { Notes = ["</script><img src=x onerror=alert(1)>"], Environment = SampleRuns.Machine with { Cpu = "<b>&\"" } };
        string page = new HtmlPage(SampleReport.Published).Render(SampleReport.Build(new SampleRuns(result)));

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.DoesNotContain("<b>&", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingRun_IsAPageThatSaysSo()
    {
        string page = new HtmlPage(SampleReport.Published).Render(SampleReport.Build());

        Assert.Contains("Nothing was run", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WholeGrid_IsUnderFiveMegabytes()
    {
        var report = SampleReport.GridReport.Value;

        Assert.True(report.Cells.Count >= 2400, $"{report.Cells.Count} cells");
        int bytes = Encoding.UTF8.GetByteCount(new HtmlPage(SampleReport.Published).Render(report));
        Assert.InRange(3_000L * bytes / report.Cells.Count, 1_000_000, 5_000_000);
    }

    [GeneratedRegex("""(?:src|href)="(?!#|data:)|url\(|@import|fetch\(|XMLHttpRequest""")]
    private static partial Regex Loading();

    [GeneratedRegex("""<script type="application/json" id="records">(.*?)</script>""")]
    private static partial Regex Records();
}
