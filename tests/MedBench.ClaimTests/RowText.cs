using MedBench.Claims.Claims;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.ClaimTests;

/// <summary>What a row writes to its output: enough to read its colour by.</summary>
internal static class RowText
{
    public static string Of(ClaimVerdict v)
    {
        bool over = v.Claim.Kind is ClaimKind.Paired or ClaimKind.Ordered;
        string n = over ? $"{v.Used} of {v.Units.Count} {string.Join(" × ", v.Claim.Entry.Per.Select(k => k.Name() + "s"))}" : v.Claim.IsOnCells ? $"{v.Used} of {v.Needed} printed numbers" : $"{v.Used} {string.Join(" × ", v.Claim.Entry.Per.Select(k => k.Name() + "s"))}";
        return Lines(
            ("sentence", v.Statement), ("outcome", $"{v.Outcome.Words()}{(v.Claim.IsPrimary ? "" : " (a secondary row)")}"), ("effect", Effect(v.Effect, v.Interval)),
            ("n", n), ("evidence", v.Claim.EvidenceText), ("why", v.Reason), ("caveat", First(v.Deviations.Concat(v.Caveats))));
    }

    public static string Of(JudgedCell c) => Lines(
        ("sentence", $"The printed number {(c.Published is { } printed ? $"{Show.Points(printed.Mean)} % " : "")}of {c.Key} holds ({c.Published?.Source})."), ("outcome", c.Verdict.Kind.Words()),
        ("effect", Effect(c.Verdict.Gap, c.Verdict.GapInterval)), ("n", $"{c.Seeds.Count} runs against {c.Published?.Runs?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number"}"),
        ("evidence", "runs"), ("why", c.Verdict.Reason), ("caveat", First(c.Verdict.Caveats)));

    /// <summary>An effect with its interval, in points.</summary>
    public static string Effect(double? effect, Interval? interval) => effect is not { } e ? ""
        : $"{Show.SignedPoints(e)} points{(interval is { } i ? $", 95 % interval {Show.SignedPoints(i.Low)} to {Show.SignedPoints(i.High)}" : "")}";

    private static string First(IEnumerable<string> caveats) => caveats.FirstOrDefault() ?? "";

    private static string Lines(params (string Name, string Text)[] lines) => string.Join('\n', lines.Where(l => l.Text.Length > 0).Select(l => $"{l.Name}: {l.Text}"));
}
