namespace MedBench.Data.Datasets;

/// <summary>Where datasets and their unpacked arrays live; the one place that reads these environment variables.</summary>
public static class DatasetFolders
{
    /// <summary>Environment variable that names the folder of .npz files.</summary>
    public const string RootVariable = "MEDMNIST_ROOT";

    /// <summary>Environment variable that names the cache folder.</summary>
    public const string CacheVariable = "MEDBENCH_CACHE";

    /// <summary>The folder of .npz files: <c>MEDMNIST_ROOT</c>, else <c>~/.medmnist</c> (where MedMNIST's Python package puts them).</summary>
    public static string Resolve() => FromEnvironment(RootVariable, ".medmnist");

    /// <summary>The cache folder: <c>MEDBENCH_CACHE</c>, else <c>~/.cache/medbench</c>.</summary>
    public static string ResolveCache() => FromEnvironment(CacheVariable, Path.Combine(".cache", "medbench"));

    private static string FromEnvironment(string variable, string underHome) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), underHome);
}
