using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MedBench.ClaimTests.Requirements;
using MedBench.Data.Files;

namespace MedBench.ClaimTests;

/// <summary>Counts why tests were skipped, and leaves a table at the end: the console of <c>dotnet test</c> shows none of it.</summary>
public sealed class SkipTable : IDisposable
{
    private static readonly ConcurrentQueue<string> s_reasons = [];
    private static int s_decided;

    /// <summary>Ends the test as skipped, and remembers why.</summary>
    [DoesNotReturn]
    public static void Skip(string reason)
    {
        s_reasons.Enqueue(reason);
        throw new SkipException(reason);
    }

    public static void Decided() => Interlocked.Increment(ref s_decided);

    // A run inside a test names a file of its own.
    private static string File => Environment.GetEnvironmentVariable("MEDBENCH_SKIPPED") is { Length: > 0 } other ? other : Path.Combine(Session.Root, "artifacts", "claims", "skipped.md");

    public void Dispose() => AtomicFile.WriteText(File, Text([.. s_reasons], s_decided));

    /// <summary>The table: one line a kind of reason, with an example.</summary>
    public static string Text(IReadOnlyCollection<string> reasons, int decided)
    {
        string[] lines = [
            $"{decided} claims and cells decided, {reasons.Count} not, because of:",
            "",
            "| what is missing | claims and cells | for example |",
            "|---|---|---|",
            .. reasons.GroupBy(Reasons.Group).OrderByDescending(g => g.Count()).Select(g => $"| {g.Key} | {g.Count()} | {g.First()[(g.Key.Length + 2)..].Replace('|', '/')} |"),
        ];
        return string.Join('\n', lines) + "\n";
    }
}
