namespace MedBench.Core.Files;

/// <summary>Where unpacked images, features and downloaded weights are kept; the one place that reads its environment variable.</summary>
public static class CacheFolder
{
    /// <summary>Environment variable that names the cache folder.</summary>
    public const string Variable = "MEDBENCH_CACHE";

    /// <summary>What to do where it cannot be written.</summary>
    public const string Fix = $"free some disk space, or set {Variable} to a folder that you may write to";

    /// <summary>The cache folder: <c>MEDBENCH_CACHE</c>, else <c>~/.cache/medbench</c>.</summary>
    public static string Resolve() => FromEnvironment(Variable, Path.Combine(".cache", "medbench"));

    /// <summary>The folder that <paramref name="variable"/> names, else <paramref name="underHome"/> in the home folder.</summary>
    public static string FromEnvironment(string variable, string underHome) =>
        UserPath.OfVariable(variable) ?? Path.Combine(UserPath.Home(variable), underHome);
}
