using System.Reflection;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Papers;

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

    /// <summary>The experiment of one file, or all YAML files below a folder in ordinal order.</summary>
    /// <param name="path">File or folder. One that does not exist but begins with <c>experiments/</c> is looked for in the embedded copy.</param>
    /// <param name="papers">Papers and their models.</param>
    /// <exception cref="MedBenchException">There is none, one is malformed (says file, line and column), or two of one name differ.</exception>
    public static IReadOnlyList<ExperimentFile> Load(string path, PaperCatalog papers)
    {
        string[] files = File.Exists(path) ? [path] : Directory.Exists(path) ? [.. FolderListing.Files(path).Where(FolderListing.IsYaml)] : [];
        if (files.Length > 0) return Distinct([.. files.Select(file => ExperimentFile.Parse(TextFile.Read(file), file, papers))]);
        if (Directory.Exists(path)) throw new MedBenchException($"{path} holds no experiment", "name a folder with .yaml files that are not hidden, such as experiments/wu2025");
        string wanted = path.Replace('\\', '/').TrimEnd('/');
        var builtIn = BuiltIn(papers);
        var found = builtIn.Where(e => wanted == "experiments" || $"{Prefix}{e.Name}.yaml" == wanted || $"{Prefix}{e.Name}".StartsWith(wanted + "/", StringComparison.Ordinal)).ToList();
        return found.Count > 0 ? found : throw new MedBenchException($"{path} does not exist", $"name a .yaml file or a folder; built in: {string.Join(", ", builtIn.Select(e => $"{Prefix}{e.Name}.yaml"))}");
    }

    // A copy of a file says the same twice; an older state of it says something else under one name, and only its user knows which counts.
    private static ExperimentFile[] Distinct(ExperimentFile[] files)
    {
        foreach (var same in files.GroupBy(f => f.Name).Where(g => g.DistinctBy(f => f.Yaml.ReplaceLineEndings("\n")).Count() > 1))
            throw new MedBenchException($"{string.Join(" and ", same.Select(f => f.File))} are both experiment {same.Key}, and differ", "give one of them another name, or name the file that counts instead of the folder");
        return [.. files.DistinctBy(f => f.Name)];
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
