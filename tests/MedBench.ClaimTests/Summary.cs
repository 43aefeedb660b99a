using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.ClaimTests.Requirements;
using MedBench.Core.Files;
using MedBench.Core.Text;
using Xunit.Sdk;

namespace MedBench.ClaimTests;

/// <summary>What became of the rows by tier, why some were skipped, and how far our runs are from the printed numbers: the console of <c>dotnet test</c> shows none of it.</summary>
public sealed class Summary : IDisposable
{
    private static readonly ConcurrentQueue<(string Group, RunSummary Counts)> s_rows = [];
    private static readonly ConcurrentQueue<string> s_reasons = [];
    private static readonly ConcurrentQueue<JudgedCell> s_judged = [];
    private static readonly ConcurrentQueue<ClaimVerdict> s_claims = [];

    // A run inside a test names a file of its own.
    private static string File => Environment.GetEnvironmentVariable("MEDBENCH_SUMMARY") is { Length: > 0 } other ? other : Path.Combine(Session.Root, "artifacts", "claims", "summary.md");

    /// <summary>Ends the test as skipped, and remembers why.</summary>
    [DoesNotReturn]
    public static void Skip(string reason)
    {
        s_reasons.Enqueue(reason);
        throw new Xunit.SkipException(reason);
    }

    /// <summary>Remembers a cell that was run.</summary>
    public static void Add(JudgedCell cell) => s_judged.Enqueue(cell);

    /// <summary>Remembers a claim.</summary>
    public static void Add(ClaimVerdict claim) => s_claims.Enqueue(claim);

    /// <summary>Remembers what became of a row.</summary>
    /// <param name="group">Its kind and tier.</param>
    /// <param name="counts">Its result.</param>
    public static void Add(string group, RunSummary counts) => s_rows.Enqueue((group, counts));

    public void Dispose() => AtomicFile.WriteText(File, Text([.. s_claims], [.. s_rows], [.. s_reasons], [.. s_judged]));

    /// <summary>The tables in Markdown, what is decided first; one without rows is left out.</summary>
    public static string Text(IReadOnlyCollection<ClaimVerdict> claims, IReadOnlyCollection<(string Group, RunSummary Counts)> rows, IReadOnlyCollection<string> reasons, IReadOnlyCollection<JudgedCell> judged)
    {
        string[] lines = [
            .. Table("| decided, by its primary row | outcome | effect | n | evidence |", from v in claims
                                                                                            where v.Claim.IsPrimary && v.IsDecided
                                                                                            orderby !v.Outcome.IsFirm(), v.Id
                                                                                            select $"| {v.Id} | {v.Outcome.Words()} | {RowText.Effect(v.Effect, v.Interval)} | {v.Used} | {v.Claim.EvidenceText} |"),
            .. Table("| rows | passed | failed | skipped |", from row in rows
                                                            group row.Counts by row.Group into g
                                                            orderby g.Key
                                                            let bad = g.Sum(c => c.Failed)
                                                            let skipped = g.Sum(c => c.Skipped)
                                                            select $"| {g.Key} | {g.Sum(c => c.Total) - bad - skipped} | {bad} | {skipped} |"),
            .. Table("| what is missing | rows | for example |", from reason in reasons
                                                                group reason by Reasons.Group(reason) into g
                                                                orderby g.Count() descending
                                                                select $"| {g.Key} | {g.Count()} | {g.First()[(g.Key.Length + 2)..].Replace('|', '/')} |"),
            .. Table("| cell that was run | verdict | gap in points | seeds |", from cell in judged
                                                                               orderby cell.Key.ToString()
                                                                               select $"| {cell.Key} | {cell.Verdict.Kind.Words()} | {Show.SignedPoints(cell.Verdict.Gap ?? 0)} | {cell.Seeds.Count} |"),
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Table(string head, IEnumerable<string> rows)
    {
        string[] body = [.. rows];
        return body.Length == 0 ? [] : [head, string.Concat(Enumerable.Repeat("|---", head.Count(c => c == '|') - 1)) + "|", .. body, ""];
    }
}
