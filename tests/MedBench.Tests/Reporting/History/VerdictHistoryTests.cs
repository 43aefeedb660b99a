using System.Text;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Reporting.Formats;
using MedBench.Reporting.History;
using MedBench.Reporting.Model;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.History;

public sealed class VerdictHistoryTests : IDisposable
{
    private static readonly DateTimeOffset s_day = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Path => _folder.File("history.jsonl");

    private static VerdictCount Count(int day, int reproduced) => VerdictCount.Of(SampleReport.Measured, s_day.AddDays(day), "0.1.0+0123456789abcdef") with
    {
        Cells = new Dictionary<VerdictKind, int> { [VerdictKind.Reproduced] = reproduced, [VerdictKind.NotRun] = 10 },
    };

    [Fact]
    public void Add_NewCounts_IsALineMoreAndTheOldOnesStayAsTheyWere()
    {
        VerdictHistory.Add(Path, Count(0, 1));
        string before = File.ReadAllText(Path);
        var all = VerdictHistory.Add(Path, Count(1, 2));

        Assert.StartsWith(before, File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Equal([1, 2], all.Select(c => c.Cells[VerdictKind.Reproduced]));
        Assert.Equal(all.Select(c => c.ToLine()), VerdictHistory.Read(Path).Select(c => c.ToLine()));
    }

    [Fact]
    public void Add_NothingMoved_AddsNothing()
    {
        VerdictHistory.Add(Path, Count(0, 1));

        Assert.Single(VerdictHistory.Add(Path, Count(1, 1)));
        Assert.Single(File.ReadAllLines(Path));
    }

    [Fact]
    public void Read_MalformedLine_IsNamed()
    {
        VerdictHistory.Add(Path, Count(0, 1));
        _folder.Write("history.jsonl", Encoding.UTF8.GetBytes(File.ReadAllText(Path) + "{}\n"));

        Assert.StartsWith($"{Path}:2", Assert.Throws<MedBenchException>(() => VerdictHistory.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfAReportWithHistory_ShowsTheTrend()
    {
        string text = Encoding.UTF8.GetString(ReportFormats.Get("markdown").Write(SampleReport.Measured with { History = [Count(0, 1), Count(1, 2)] }));

        Assert.Contains("| 2026-11-25 12:00 | 0.1.0+0123456789 |", text, StringComparison.Ordinal);
        Assert.Contains("| date | version | runs | reproduced | not run |", text, StringComparison.Ordinal);
    }
}
