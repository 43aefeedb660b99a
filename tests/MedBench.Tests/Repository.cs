namespace MedBench.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its root folder; null where the tests run outside one.</summary>
    public static string? Root { get; } = Find(AppContext.BaseDirectory);

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "MedBenchRepro.sln"))) folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
