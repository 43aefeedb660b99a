using System.Xml.Linq;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Formats;
using MedBench.Reporting.Model;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Formats;

public sealed class JUnitReportTests
{
    private static XDocument Read(BenchmarkReport report) => XDocument.Load(new MemoryStream(new JUnitReport().Write(report)));

    [Fact]
    public void Write_MeasuredRuns_HasACaseForEachClaimAndCellByOutcome()
    {
        var report = SampleReport.Measured;
        var cases = Read(report).Descendants("testcase").ToList();
        int Cells(params VerdictKind[] kinds) => report.Cells.Count(c => kinds.Contains(c.Cell.Verdict.Kind));
        int failed = Cells(VerdictKind.Deviates, VerdictKind.StaleKnownDeviation) + report.Claims.Count(c => c.State is ClaimOutcome.Contradicted or ClaimOutcome.Biased or ClaimOutcome.Deviates);
        int passed = Cells(VerdictKind.Reproduced) + report.Claims.Count(c => c.State.IsFirm() && c.State is not (ClaimOutcome.Contradicted or ClaimOutcome.Biased or ClaimOutcome.Deviates));

        Assert.Equal(report.Cells.Count + report.Claims.Count, cases.Count);
        Assert.Equal(failed, cases.Count(c => c.Element("failure") is not null));
        Assert.Equal(passed, cases.Count(c => c.Element("failure") is null && c.Element("skipped") is null));
        Assert.Equal(cases.Count, cases.Select(c => c.Attribute("name")!.Value).Distinct().Count());
        Assert.All(cases.Elements("skipped"), s => Assert.Contains(": ", s.Attribute("message")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_AnyReport_CountsAgreeWithTheCases()
    {
        foreach (var suite in Read(SampleReport.Measured).Descendants("testsuite"))
        {
            Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Elements("testcase").Elements("skipped").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Elements("testcase").Elements("failure").Count());
        }
    }

    [Fact]
    public void Write_RunOfSeveralCells_CountsItsTimeOnce()
    {
        var run = SampleRuns.Configuration();
        var report = SampleReport.Build(new SampleRuns(SampleRuns.Result(run, 0, 0.8, 0.9), SampleRuns.Result(run, 1, 0.8, 0.9)));

        Assert.Equal(2 * 12.5, (double)Read(report).Root!.Attribute("time")!);
    }

    [Fact]
    public void Write_TextThatXmlCannotHold_IsEscapedOrReplaced()
    {
        var result = SampleRuns.Result(SampleRuns.Configuration(), 0, 0.5, 0.5) with { Environment = SampleRuns.Machine with { Cpu = "a \"b\" <c> & \u0001 \uFFFE" } };
        var environment = Read(SampleReport.Build(new SampleRuns(result))).Descendants("property").First(p => p.Attribute("name")!.Value == "environment");

        Assert.Contains("a \"b\" <c> & \uFFFD \uFFFD", environment.Attribute("value")!.Value, StringComparison.Ordinal);
    }
}
