using MedBench.Core.Files;

namespace MedBench.ClaimTests;

/// <summary>A copy of <c>expected-results</c> to tamper with; gone after the test.</summary>
internal sealed class ExpectedFolder : IDisposable
{
    public ExpectedFolder()
    {
        foreach (string file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories))
        {
            string copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("medbench-expected-").FullName;

    /// <summary>Where a run on this copy leaves its summary.</summary>
    public string Summary => System.IO.Path.Combine(Path, "summary.md");

    private static string Source => System.IO.Path.Combine(Session.Root, "expected-results");

    /// <summary>Replaces the one place that holds <paramref name="old"/>.</summary>
    public void Edit(string file, string old, string now)
    {
        string path = System.IO.Path.Combine(Path, file), text = File.ReadAllText(path);
        Assert.Equal(2, text.Split(old).Length);
        AtomicFile.WriteText(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    /// <summary>Adds a line at the end.</summary>
    public void Append(string file, string line) => Write(file, File.ReadAllText(System.IO.Path.Combine(Path, file)).TrimEnd() + $"\n{line}\n");

    /// <summary>Writes a whole file.</summary>
    public void Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
