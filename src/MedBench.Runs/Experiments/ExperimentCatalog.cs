using MedBench.Runs.Papers;
using System.Reflection;
using MedBench.Core.Errors;

namespace MedBench.Runs.Experiments;

/// <summary>Experiments of a file or folder, or those that come with this program.</summary>
public static class ExperimentCatalog
{
    private const string Prefix = "experiments/";

    /// <summary>The embedded copy of <c>experiments/</c>, by name.</summary>
    public static IReadOnlyList<ExperimentFile> BuiltIn(PaperCatalog papers)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. from name in assembly.GetManifestResourceNames()
                   let path = name.Replace('\\', '/')
                   where path.StartsWith(Prefix, StringComparison.Ordinal)
                   orderby path
                   select ExperimentFile.Parse(Text(assembly.GetManifestResourceStream(name)!), path, papers)];
    }

    /// <summary>The experiment of one file, or all <c>*.yaml</c> files below a folder in ordinal order.</summary>
    /// <param name="path">File or folder. One that does not exist but begins with <c>experiments/</c> is looked for in the embedded copy.</param>
    /// <param name="papers">Papers and their models.</param>
    /// <exception cref="MedBenchException">There is none, or one is malformed; says file, line and column.</exception>
    public static IReadOnlyList<ExperimentFile> Load(string path, PaperCatalog papers)
    {
        string[] files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
        if (files.Length > 0) return [.. files.Select(file => ExperimentFile.Parse(File.ReadAllText(file), file, papers))];
        if (Directory.Exists(path)) throw new MedBenchException($"{path} holds no experiment", "name a folder with .yaml files, such as experiments/wu2025");
        string wanted = path.Replace('\\', '/').TrimEnd('/');
        var builtIn = BuiltIn(papers);
        var found = builtIn.Where(e => wanted == "experiments" || $"{Prefix}{e.Name}.yaml" == wanted || $"{Prefix}{e.Name}".StartsWith(wanted + "/", StringComparison.Ordinal)).ToList();
        return found.Count > 0 ? found : throw new MedBenchException($"{path} does not exist", $"name a .yaml file or a folder; built in: {string.Join(", ", builtIn.Select(e => $"{Prefix}{e.Name}.yaml"))}");
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
