using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Cli.Display;

/// <summary>One claim on the terminal.</summary>
internal static class ClaimView
{
    private const int CommandsShown = 5;

    public static void Write(ClaimBook book, Claim claim)
    {
        var (verdict, entry) = (book.Judge(claim), claim.Entry);
        Line(claim.Id, claim.Statement);
        Line("source", $"{entry.Source} ({claim.Location})");
        Line("evidence", claim.PublishedBy is { } paper ? $"numbers printed by {paper}" : $"our runs, {entry.Weights} weights");
        Line("verdict", $"{verdict.Outcome.Words()}: {verdict.Reason}");
        Line("used", $"{verdict.Used} of at least {verdict.Needed} needed");
        if (verdict.Test.Length > 0) Line("test", $"{verdict.Test}; rules sha256 {verdict.RulesHash}");
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
        string[] groups = verdict.Claim.Kind == ClaimKind.Paired ? [$"{entry.First}", $"{entry.Second}"] : [.. entry.Conditions.Select(c => $"{c}")];
        Listing.Write([string.Join('/', entry.Per).ToLowerInvariant(), .. groups], verdict.Units.Select(u => (string[])[u.Name, .. u.Values.Select(Mean)]));
    }

    private static void Settings(ClaimVerdict verdict)
    {
        if (verdict.Settings.Count == 0) return;
        Listing.Write(["setting", "mean %", "best in % of cells", "wins % of draws", "expected best of n"], verdict.Settings.Select((s, i) => (string[])[
            s.Name, Mean(s.Mean), Mean(s.CellShare), Mean(s.WinShare), $"{i + 1}: {Mean(s.ExpectedBest)}"]));
    }

    private static void Missing(ClaimVerdict verdict)
    {
        if (verdict.Missing.Count == 0) return;
        string[] commands = [.. verdict.Missing.Select(c => c.Declared).OfType<MedBench.Runs.Experiments.ExperimentCell>().Select(ClaimBook.CommandFor).Distinct()];
        Line("not run", $"{verdict.Missing.Count} cells" + (commands.Length == 0 ? ": no experiment declares them" : ""));
        foreach (string command in commands.Take(CommandsShown)) Console.Out.WriteLine($"  {command}");
        if (commands.Length > CommandsShown) Console.Out.WriteLine($"  … and {commands.Length - CommandsShown} more");
    }

    private static string Mean(double? value) => value is { } v ? Show.Points(v) : "";
}
