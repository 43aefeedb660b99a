using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Cli.Display;

/// <summary>One claim on the terminal.</summary>
internal static class ClaimView
{
    private const int CommandsShown = 5;

    public static void Write(Book book, Claim claim)
    {
        var (verdict, entry) = (book.Judge(claim), claim.Entry);
        Line(claim.Id, claim.Statement);
        Line("source", $"{entry.Source} ({claim.Location})");
        Line("evidence", claim.EvidenceText + (claim.Evidence == EvidenceSource.OurRuns ? $", {entry.Weights} weights" : ""));
        Line("verdict", $"{verdict.Outcome.Words()}: {verdict.Reason}");
        Line("used", $"{verdict.Used} of at least {verdict.Needed} needed");
        if (verdict.Test.Length > 0) Line("test", $"{verdict.Test}; rules sha256 {verdict.RulesHash}");
        Line("row", claim.IsPrimary ? "primary: its outcome is the claim's" : $"secondary{(verdict.CorrectedP is { } p ? $", {Show.PIs(p)} after Holm over the secondary rows" : "")}");
        if (verdict.Effect is { } effect) Line("effect", $"{Show.SignedPoints(effect)} points{Range("95 %", verdict.Interval)}{Range("90 %, which decides equivalence,", verdict.EquivalenceInterval)}");
        if (verdict.Bayes is { } bayes) Line("described", $"P(first practically better) {Show.Number(bayes.First, 2)}, equal {Show.Number(bayes.Equal, 2)}, second {Show.Number(bayes.Second, 2)} (Bayesian signed rank); ahead in {verdict.Ahead}");
        if (verdict.ShareOfChoices is { } share) Line("choices", $"holds in {Show.Points(share)} % of the choices of {entry.Choose} models of the first group");
        if (verdict.Heterogeneity is { } h) Line("heterogeneity", $"Q {Show.Number(h.Q, 1)} with {h.DegreesOfFreedom} degrees of freedom, {Show.PIs(h.P)}, tau {Show.Points(h.Tau)} points");
        foreach (string deviation in verdict.Deviations) Line("protocol differs", deviation);
        foreach (string caveat in verdict.Caveats) Line("caveat", caveat);
        Cells(verdict);
        Units(verdict);
        Settings(verdict);
        Missing(verdict);
        if (book.Folder is null) return;
        var check = book.Check(claim);
        Line("snapshot", check.Passes ? $"as accepted ({book.Snapshots.VerifiedPath(claim.Id)})" : string.Join("; ", check.Differences));
    }

    private static void Line(string name, string text) => Console.Out.WriteLine($"{name}: {text}");

    private static void Cells(ClaimVerdict verdict)
    {
        if (verdict.Cells.Count == 0) return;
        Listing.Write(["cell", "seeds", "ours %", "published %", "gap", "verdict", "why"], verdict.Cells.Select(c => (string[])[
            c.Key.Id, $"{c.Seeds.Count}", Mean(c.Verdict.Ours?.Mean), Mean(c.Published?.Mean), c.Verdict.Gap is { } gap ? Show.SignedPoints(gap) : "", c.Verdict.Kind.Words(), c.Verdict.Reason]));
    }

    private static void Units(ClaimVerdict verdict)
    {
        if (verdict.Units.Count == 0) return;
        var entry = verdict.Claim.Entry;
        string[] groups = verdict.Claim.IsOnCells ? ["mean gap"] : verdict.Claim.Kind == ClaimKind.Paired ? [$"{entry.First}", $"{entry.Second}"] : [.. entry.Conditions.Select(c => $"{c}")];
        Listing.Write([string.Join('/', entry.Per).ToLowerInvariant(), .. groups], verdict.Units.Select(u => (string[])[u.Name, .. u.Values.Select(Mean)]));
    }

    private static void Settings(ClaimVerdict verdict)
    {
        if (verdict.Settings.Count == 0) return;
        Listing.Write(["setting", "mean %", "p against it", "expected best of n"], verdict.Settings.Select((s, i) => (string[])[s.Name, Mean(s.Mean), s.P < 1 ? Show.P(s.P) : "", $"{i + 1}: {Mean(s.ExpectedBest)}"]));
    }

    private static void Missing(ClaimVerdict verdict)
    {
        if (verdict.Missing.Count == 0) return;
        string[] commands = [.. verdict.Missing.Select(c => c.Declared).OfType<MedBench.Runs.Experiments.ExperimentCell>().Select(c => Book.CommandFor(c)).Distinct()];
        Line("not run", Show.Count(verdict.Missing.Count, "cell") + (commands.Length == 0 ? ": no experiment declares them" : ""));
        foreach (string command in commands.Take(CommandsShown)) Console.Out.WriteLine($"  {command}");
        if (commands.Length > CommandsShown) Console.Out.WriteLine($"  … and {commands.Length - CommandsShown} more");
    }

    private static string Range(string name, Interval? interval) => interval is { } i ? $"; {name} interval {Show.SignedPoints(i.Low)} to {Show.SignedPoints(i.High)}" : "";

    private static string Mean(double? value) => value is { } v ? Show.Points(v) : "";
}
