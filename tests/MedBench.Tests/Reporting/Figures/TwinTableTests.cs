using System.Globalization;
using MedBench.Claims.Scoring;
using MedBench.Reporting.Figures;
using MedBench.Runs.Cells;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Figures;

/// <summary>On the kept records: of their datasets, BreastMNIST alone has test images with a twin in training.</summary>
public sealed class TwinTableTests
{
    private static readonly TwinTable s_table = TwinTable.Of(SampleReport.Measured)!;

    [Fact]
    public void Of_KeptRecords_HasARowForEachConfigurationWithTwins()
    {
        var cells = SampleReport.Measured.Cells.Where(c => c.IsRun && c.Cell.Key.Dataset == "breastmnist" && c.Cell.Key.Variant.Weights == TestedWeights.Selected);

        Assert.Equal(cells.Count(c => c.Cell.Key.Metric == Metric.Acc), s_table.Rows.Count);
        Assert.All(s_table.Rows, r => Assert.Equal(s_table.Columns.Count, r.Count));
        Assert.Contains("BreastMNIST: 104 test images without a twin in training, 52 with one; with a twin of another label: test/7, test/44, test/76, test/84, test/149 (audit of the 64 px file).", s_table.Notes);
        Assert.Contains("PneumoniaMNIST: no test image has a twin in training (audit of the 28 px file).", s_table.Notes);
    }

    [Fact]
    public void Of_KeptRecords_AccOnAllIsBetweenItsParts() => Assert.All(s_table.Rows, row =>
    {
        double Field(string column) => double.Parse(row[s_table.Columns.ToList().IndexOf(column)], CultureInfo.InvariantCulture);
        Assert.Equal(Field("ACC % on all"), (104 * Field("ACC % without") + 52 * Field("ACC % with")) / 156, 0.01);
    });

    [Fact]
    public void Of_MethodsThatChangePlaces_SaysSoInBothRows()
    {
        // The better one on all images, as bad as can be without the twins.
        var report = SampleReport.Measured with
        {
            Cells = [.. SampleReport.Measured.Cells.Select(c => c is { Scores.TwinFree: { } twins } && c.Cell.Key is { Dataset: "breastmnist", Method: "end-to-end", Metric: Metric.Acc }
            ? c with { Scores = c.Scores with { TwinFree = twins with { Without = new SubsetScore(104, 0, 0) } } } : c)]
        };

        var table = TwinTable.Of(report)!;

        Assert.Equal("order of methods", table.Columns[^1]);
        Assert.Contains(table.Rows, r => r[^1].Contains("ACC: ahead of linear-probing on all, behind without", StringComparison.Ordinal));
        Assert.Contains(table.Rows, r => r[^1].Contains("ACC: behind end-to-end on all, ahead without", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_RunsWithoutPredictions_IsNone() => Assert.Null(TwinTable.Of(SampleReport.Build(new SampleRuns(SampleRuns.Result(SampleRuns.Configuration(), 0, 0.86)))));
}
