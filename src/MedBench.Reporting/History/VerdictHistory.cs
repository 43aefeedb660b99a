using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.History;

/// <summary>A file of <see cref="VerdictCount"/>, one JSON object a line, the oldest first: lines are added, never changed.</summary>
public static class VerdictHistory
{
    /// <summary>Every line; empty where there is no file yet.</summary>
    /// <exception cref="MedBenchException">A line is malformed.</exception>
    public static IReadOnlyList<VerdictCount> Read(string path) => File.Exists(path)
        ? [.. TextFile.Read(path).Split('\n').Index().Where(l => l.Item.Length > 0).Select(l => StrictJson.Read<VerdictCount>(Encoding.UTF8.GetBytes(l.Item), $"{path}:{l.Index + 1}"))]
        : [];

    /// <summary>Adds a line, unless the last one says the same.</summary>
    /// <returns>The whole history.</returns>
    /// <exception cref="MedBenchException">A line is malformed, or the file cannot be written.</exception>
    public static IReadOnlyList<VerdictCount> Add(string path, VerdictCount now)
    {
        var past = Read(path);
        if (past.Count > 0 && past[^1].SaysTheSameAs(now)) return past;
        // The old bytes as they are, then one line more: whole or not at all.
        string before = File.Exists(path) ? TextFile.Read(path) : "";
        AtomicFile.WriteText(path, $"{before}{(before.Length == 0 || before.EndsWith('\n') ? "" : "\n")}{now.ToLine()}\n");
        return [.. past, now];
    }
}
