using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Reporting.Html;

namespace MedBench.Tests.Reporting.Html;

public sealed class AuditPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly ImagePair[] s_pairs =
    [
        new(new(Split.Train, 4), new(Split.Train, 5), PairKind.Exact, 1, 1, false),
        .. Enumerable.Range(0, 3).Select(i => new ImagePair(new(Split.Train, i), new(Split.Test, i), PairKind.Twin, 0.9, 0.987, true)),
    ];

    [Fact]
    public void RenderSample_AnAudit_ShowsTwinsAloneAndNothingThatWouldJudgeForTheReader()
    {
        using var folder = new TestFolder();
        string page = Sample(folder);

        Assert.Contains("A sample to judge: 3 of 3 twins", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alt=\"train/4\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0.987", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<li class", page, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RenderSample_Judged_SaysPrecisionWithWilsonsInterval()
    {
        using var folder = new TestFolder();
        await using var open = await OpenPage.Of(chromium, Sample(folder));
        foreach (var (i, answer) in ((string[])["same", "other", "same"]).Index()) await open.Page.Locator($"input[name=p{i + 1}][value={answer}]").CheckAsync();

        var interval = BinomialInterval.Wilson(2 / 3.0, 3, 0.95);
        Assert.Equal(
            $"2 of 3 judged pairs show the same: precision 66.67 %, 95 % interval {Show.Points(interval.Low)} to {Show.Points(interval.High)}; 0 to judge",
            await open.Page.Locator("#judged").TextContentAsync());
        Assert.Empty(open.Complaints);
    }

    private static string Sample(TestFolder folder)
    {
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(8, 4, 8), cache: folder.Path);
        return AuditPage.RenderSample(Audit(s_pairs), dataset, 30);
    }

    private static DatasetAudit Audit(ImagePair[] pairs) =>
        new(1, "synthetic", 16, new string('0', 32), null!, new SplitCounts(8, 4, 8), 1, 1, 0, 2, 1, 1, 1, 0, new NullSearch(1000, 2, 0, 0.4, 0), [new AuditedClass("a <class>", 8, 1)], [], pairs);

    [Fact]
    public void Render_AnAudit_ShowsConflictsFirstAndTestAboveTraining()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(8, 4, 8), cache: folder.Path);
        ImagePair[] pairs =
        [
            new(new(Split.Train, 0), new(Split.Train, 1), PairKind.Twin, 0.9, 0.99, false),
            new(new(Split.Train, 2), new(Split.Test, 3), PairKind.Exact, 1, 1, true),
        ];
        var audit = Audit(pairs);

        string page = AuditPage.Render(audit, dataset, most: 2), one = AuditPage.Render(audit, dataset, most: 1);

        Assert.Contains("1, of them 1 with different labels", page);
        Assert.Contains("a &lt;class&gt;", page);
        Assert.True(page.IndexOf("alt=\"test/3\"", StringComparison.Ordinal) < page.IndexOf("alt=\"train/2\"", StringComparison.Ordinal));
        Assert.True(page.IndexOf("alt=\"train/2\"", StringComparison.Ordinal) < page.IndexOf("alt=\"train/1\"", StringComparison.Ordinal));
        Assert.Equal(4, page.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.Contains("Pairs: 1 of 2", one);
        Assert.Equal(2, one.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.DoesNotContain("seen by an encoder", one);

        var look = new SecondLook("an-encoder", 5, 40, 3, 1, 0, 1, [new(new(Split.Train, 5), new(Split.Test, 6), 0.8, 0.7, true), new(new(Split.Train, 6), new(Split.Train, 7), 0.8, 0.65, false)]);
        string both = AuditPage.Render(audit, dataset, most: 1, look);
        Assert.Contains("3 of 40 pairs of nearest images have the detail of twins, 1 of these are in the audit, 2 are not (1 more test image with a twin in training)", both);
        Assert.Equal(4, both.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.Contains("detail 0.700, cosine 0.800", both);
    }
}
