namespace MedBench.Tests;

/// <summary>The working tree that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? throw new InvalidOperationException($"no MedBenchRepro.sln above {AppContext.BaseDirectory}");

    public static string Measured => File("expected-results/measured");

    public static string File(string path) => Path.Combine(Root, path);

    private static string? Find(string? folder)
    {
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "MedBenchRepro.sln"))) folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
