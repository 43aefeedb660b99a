using System.CommandLine;
using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench claims</c>: what the papers claim, what the evidence says, and whether that is still what was accepted.</summary>
internal static class ClaimsCommand
{
    private static readonly Argument<string?> s_filter = new("filter") { Description = "Part of a claim's id, for example wu2025/1 (default: all)", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> s_id = new("id") { Description = "Id of a claim, or a part that only one has; or of a cell, for example yang2023/breastmnist/from-scratch/resnet18.cifar/28" };
    private static readonly Option<string?> s_out = new("--out") { Description = "Also keep it as CSV, for example expected-results/power.csv" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON" };
    private static readonly Option<bool> s_all = new("--all") { Description = "Also those of which nothing is known yet, as in JSON" };

    public static Command Create() => new("claims", "What the papers claim, cell by cell, and what the evidence says")
    {
        Sub("list", "Every claim with its verdict", s_filter, parsed => List(CommonOptions.BookOf(parsed), parsed.GetValue(s_filter), parsed.GetValue(s_json), parsed.GetValue(s_all))),
        Sub("show", "One claim: its words, its cells, its verdict and why; or one printed number: what is known of it, and what would settle it", s_id, parsed => ShowOne(CommonOptions.BookOf(parsed), parsed.GetValue(s_id)!, parsed.GetValue(s_json))),
        Sub("power", "What the declared seeds could decide: at zero gap, the smallest decidable margin, and the seeds that would", s_filter, parsed => Power(CommonOptions.BookOf(parsed), parsed.GetValue(s_filter), parsed.GetValue(s_json), parsed.GetValue(s_out))),
        Sub("verify", "Compare every claim with its accepted snapshot; exit code 2 if one differs", s_filter, parsed => Verify(CommonOptions.BookOf(parsed), parsed.GetValue(s_filter), parsed.GetValue(s_json))),
        Sub("accept", "Make the present verdicts the accepted ones, printing every number that moves", s_filter, parsed => Accept(CommonOptions.BookOf(parsed), parsed.GetValue(s_filter))),
    };

    private static Command Sub(string name, string description, Argument argument, Func<ParseResult, int> run)
    {
        var command = new Command(name, description) { argument };
        foreach (var option in CommonOptions.OfBook) command.Add(option);
        if (name != "accept") command.Add(s_json);
        if (name == "power") command.Add(s_out);
        if (name == "list") command.Add(s_all);
        command.SetAction(run);
        return command;
    }

    private static int List(Book book, string? filter, bool json, bool all)
    {
        ClaimVerdict[] verdicts = [.. ClaimCatalog.Matching(book.Claims, filter).Select(book.Judge)];
        if (json)
        {
            ClaimsJson.Write(verdicts);
            return ExitCodes.Ok;
        }
        // What is known first: hundreds of rows that nobody has run would hide it.
        ClaimVerdict[] known = [.. verdicts.Where(v => v.Outcome != ClaimOutcome.NotRun)];
        if (all || known.Length == 0) known = verdicts;
        Listing.Write(["claim", "row", "verdict", "points", "95 % interval", "used", "evidence", "statement"], known.Select(v => (string[])[
            v.Id, v.Claim.IsPrimary ? "primary" : "", v.Outcome.Words(), ClaimNumbers.Effect(v),
            ClaimNumbers.Interval(v), $"{v.Used}/{v.Needed}", v.Claim.EvidenceText, v.Statement]));
        if (known.Length < verdicts.Length) Console.Out.WriteLine($"and {Show.Count(verdicts.Length - known.Length, "row")} of which nothing is known yet (not run): --all lists them, too");
        Console.Out.WriteLine(ClaimTally.Of(verdicts));
        return Undecidable(book, verdicts);
    }

    // A claim that nothing could decide, whatever is run, is a mistake of its file.
    private static int Undecidable(Book book, IEnumerable<ClaimVerdict> verdicts)
    {
        var hopeless = verdicts.Select(v => book.Power(v.Claim)).Where(p => !p.CanBeDecided).ToList();
        foreach (var p in hopeless)
            Terminal.Error($"{book.Claims.Single(c => c.Id == p.Claim).Location}: nothing could decide {p.Claim}: {p.Reason}", "declare more seeds, cells or printed numbers, or leave the claim out");
        return hopeless.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static int ShowOne(Book book, string id, bool json)
    {
        if (!book.Claims.Any(c => c.Id.Contains(id, StringComparison.Ordinal)) && CellView.Matching(book, id) is { Count: > 0 } cells)
        {
            if (json) CellView.WriteJson(book, cells);
            else CellView.Write(book, cells);
            return ExitCodes.Ok;
        }
        var found = ClaimCatalog.Matching(book.Claims, id);
        var claim = found.FirstOrDefault(c => c.Id == id) ?? (found.Count == 1
            ? found[0]
            : throw new MedBenchException($"{found.Count} claims have '{id}' in their id", $"name one: {string.Join(", ", found.Take(5).Select(c => c.Id))}{(found.Count > 5 ? " …" : "")}"));
        if (json) ClaimsJson.Write([book.Judge(claim)]);
        else ClaimView.Write(book, claim);
        return ExitCodes.Ok;
    }

    private static int Power(Book book, string? filter, bool json, string? file)
    {
        ClaimPower[] powers = [.. ClaimCatalog.Matching(book.Claims, filter).Select(book.Power)];
        if (file is not null) AtomicFile.WriteText(file, ClaimPower.Csv(powers));
        if (json)
        {
            Console.Out.Write(StrictJson.Write(powers));
            return ExitCodes.Ok;
        }
        static string Points(double? fraction) => fraction is { } f ? Show.Points(f) : "";
        Listing.Write(["claim", "can be decided", "at zero gap", "smallest decidable", "margin", "seeds", "seeds that would", "why"], powers.Select(p => (string[])[
            p.Claim, p.CanBeDecided ? "yes" : "NO", p.AtZeroGap switch { true => "yes", false => "no", null => "not known" }, Points(p.Smallest), Points(p.Margin), $"{p.Seeds}", $"{p.SeedsNeeded}", p.Reason]));
        Console.Out.WriteLine($"{powers.Length} claims: {powers.Count(p => p.AtZeroGap == true)} decidable at zero gap, {powers.Count(p => p.AtZeroGap == false)} not, {powers.Count(p => p.AtZeroGap is null)} not known; {powers.Count(p => !p.CanBeDecided)} that nothing could decide");
        return ExitCodes.Ok;
    }

    private static int Verify(Book book, string? filter, bool json)
    {
        SnapshotCheck[] checks = [.. ClaimCatalog.Matching(book.Claims, filter).Select(book.Check)];
        var orphans = filter is null ? book.Snapshots.Orphans(book.Claims.Select(c => c.Id)) : [];
        bool passes = orphans.Count == 0 && checks.All(c => c.Passes);
        if (json)
        {
            ClaimsJson.Write(checks, orphans);
            return passes ? ExitCodes.Ok : ExitCodes.Failed;
        }
        foreach (var check in checks)
        {
            Console.Out.WriteLine($"{(check.Passes ? "as accepted" : "DIFFERS")}  {check.Verdict.Id}: {check.Verdict.Outcome.Words()}: {check.Verdict.Reason}");
            foreach (var difference in check.Differences) Console.Out.WriteLine($"  {difference}");
        }
        foreach (string orphan in orphans) Console.Out.WriteLine($"ORPHAN  {orphan}: no claim has this snapshot; delete it");
        Console.Out.WriteLine(ClaimTally.Of([.. checks.Select(c => c.Verdict)]));
        Console.Out.WriteLine(passes ? "all as accepted" : $"{checks.Count(c => !c.Passes)} claims differ from their snapshots, {orphans.Count} orphaned snapshots; accept what is right with: medbench claims accept FILTER");
        return passes ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static int Accept(Book book, string? filter)
    {
        int changed = 0;
        foreach (var claim in ClaimCatalog.Matching(book.Claims, filter))
        {
            var check = book.Check(claim);
            // Before the snapshot, and also for one that a diff tool accepted: a fresh clone must come to the same verdict.
            string[] kept = [.. book.KeepRecords(check.Verdict).Select(id => $"  record kept: {id}")];
            if (check.Accepted?.ToJson() == check.Now.ToJson() && kept.Length == 0) continue;
            changed++;
            Console.Out.WriteLine(claim.Id);
            foreach (string line in SnapshotMove.Lines(check.Accepted, check.Now)) Console.Out.WriteLine($"  {line}");
            book.Snapshots.Accept(check.Now);
            foreach (string line in kept) Console.Out.WriteLine(line);
        }
        Console.Out.WriteLine($"{changed} {(changed == 1 ? "snapshot" : "snapshots")} accepted; look at them with: git diff {book.Folder}");
        return ExitCodes.Ok;
    }
}
