using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Reporting.Html;

namespace MedBench.Tests.Reporting.Html;

public sealed class AuditPageTests
{
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
        var audit = new DatasetAudit(1, "synthetic", 16, new string('0', 32), null!, new SplitCounts(8, 4, 8), 1, 1, 0, 2, 1, 1, 1, 0, new NullSearch(1000, 2, 0, 0.4, 0), [new AuditedClass("a <class>", 8, 1)], [], pairs);

        string page = AuditPage.Render(audit, dataset, most: 2), one = AuditPage.Render(audit, dataset, most: 1);

        Assert.Contains("1, of them 1 with different labels", page);
        Assert.Contains("a &lt;class&gt;", page);
        Assert.True(page.IndexOf("alt=\"test/3\"", StringComparison.Ordinal) < page.IndexOf("alt=\"train/2\"", StringComparison.Ordinal));
        Assert.True(page.IndexOf("alt=\"train/2\"", StringComparison.Ordinal) < page.IndexOf("alt=\"train/1\"", StringComparison.Ordinal));
        Assert.Equal(4, page.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.Contains("Pairs: 1 of 2", one);
        Assert.Equal(2, one.Split("src=\"data:image/png;base64,").Length - 1);
    }
}
