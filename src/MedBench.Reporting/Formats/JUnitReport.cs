using System.Globalization;
using System.Text;
using System.Xml;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Formats;

/// <summary>
/// JUnit's XML, which every CI service draws: a test case for each claim and each cell. Passed is what is reproduced or holds;
/// failed what deviates, is contradicted or is excused no longer rightly; skipped, with its reason, what the runs cannot decide.
/// </summary>
public sealed class JUnitReport : IReportFormat
{
    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };

    private enum Outcome
    {
        Passed,
        Failed,
        Skipped,
    }

    /// <inheritdoc/>
    public string Name => "junit";

    /// <inheritdoc/>
    public string FileName => "junit.xml";

    /// <inheritdoc/>
    public byte[] Write(BenchmarkReport report)
    {
        var seconds = report.Runs.ToDictionary(r => r.Id, r => r.Result.Seconds.GetValueOrDefault("total"), StringComparer.Ordinal);
        var suites = new List<(string Name, IReadOnlyList<TestCase> Cases)>();
        foreach (var paper in report.Claims.GroupBy(c => c.Paper)) suites.Add(($"{paper.Key}: claims", [.. paper.Select(Of)]));
        foreach (var paper in report.Cells.GroupBy(c => c.Cell.Key.Paper)) suites.Add(($"{paper.Key}: cells", [.. paper.Select(c => Of(c, seconds))]));

        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, s_settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", Clean(report.Title));
            Counts(xml, [.. suites.SelectMany(s => s.Cases)]);
            foreach (var (name, cases) in suites) Suite(xml, report, name, cases);
            xml.WriteEndElement();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static TestCase Of(ReportedClaim claim) => new(
        $"{claim.Paper}.claims", claim.Id, 0,
        claim.State switch
        {
            ClaimOutcome.Contradicted or ClaimOutcome.Biased or ClaimOutcome.Deviates => Outcome.Failed,
            var state => state.IsFirm() ? Outcome.Passed : Outcome.Skipped,
        },
        claim.State.Words(), claim.Reason,
        string.Join('\n', [claim.Statement, .. claim.Effect is { } effect ? (string[])[$"effect: {effect}"] : [], $"cells: {claim.CellsUsed}, at least {claim.CellsNeeded} needed", .. claim.Marks.Select(m => m.Text)]));

    // A run fills several cells, one a metric: its time is that of the first, so that the sum is the time spent.
    private static TestCase Of(ReportedCell cell, Dictionary<string, double> seconds) => new(
        $"{cell.Cell.Key.Paper}.{cell.Cell.Key.Dataset}", cell.Cell.Key.ToString(), cell.Cell.Seeds.Sum(s => seconds.Remove(s.RunId, out double taken) ? taken : 0),
        cell.Cell.Verdict.Kind switch
        {
            VerdictKind.Reproduced => Outcome.Passed,
            VerdictKind.Deviates or VerdictKind.StaleKnownDeviation => Outcome.Failed,
            _ => Outcome.Skipped,
        },
        cell.Cell.Verdict.Kind.Words(), cell.Cell.Verdict.Reason,
        string.Join('\n', [.. cell.Cell.Seeds.Select(s => $"seed {s.Seed}: {Show.Points(s.Value)} % (run {s.RunId})"), .. cell.Marks.Select(m => m.Text)]));

    private static void Suite(XmlWriter xml, BenchmarkReport report, string name, IReadOnlyList<TestCase> cases)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(name));
        Counts(xml, cases);
        if (report.LastRun is { } last) xml.WriteAttributeString("timestamp", last.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        Property(xml, "rules", $"{report.Rules.Version}, sha256 {report.Rules.Hash}");
        foreach (var use in report.Environments) Property(xml, "environment", $"{use}: {use.Runs} runs");
        foreach (var mark in report.Marks) Property(xml, "notice", mark.Text);
        xml.WriteEndElement();
        foreach (var test in cases) Case(xml, test);
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, TestCase test)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(test.Class));
        xml.WriteAttributeString("name", Clean(test.Name));
        xml.WriteAttributeString("time", Seconds(test.Seconds));
        if (test.Outcome != Outcome.Passed)
        {
            xml.WriteStartElement(test.Outcome == Outcome.Failed ? "failure" : "skipped");
            xml.WriteAttributeString("message", Clean($"{test.Verdict}: {test.Reason}"));
            if (test.Outcome == Outcome.Failed) xml.WriteAttributeString("type", Clean(test.Verdict));
            xml.WriteEndElement();
        }
        if (test.Output.Length > 0) xml.WriteElementString("system-out", Clean(test.Output));
        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyList<TestCase> cases)
    {
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(c => c.Outcome == Outcome.Failed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(cases.Count(c => c.Outcome == Outcome.Skipped)));
        xml.WriteAttributeString("time", Seconds(cases.Sum(c => c.Seconds)));
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Clean(value));
        xml.WriteEndElement();
    }

    // The writer escapes markup; characters that XML has no way to hold would stop it. By runes: each half of a pair looks like such a one.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed record TestCase(string Class, string Name, double Seconds, Outcome Outcome, string Verdict, string Reason, string Output);
}
