using System.Reflection;
using MedBench.Core.Errors;

namespace MedBench.Runs.Planning.Formats;

/// <summary>The formats by name, and what they share.</summary>
public static class PlanFormats
{
    private const string Prefix = "plans/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IPlanFormat> All { get; } = [new GitHubFormat(), new SlurmFormat(), new KubernetesFormat(), new ShellFormat()];

    /// <summary>The format of a name.</summary>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static IPlanFormat Get(string name) => All.FirstOrDefault(f => f.Name == name) ?? throw Names.Unknown("format", name, [.. All.Select(f => f.Name)]);

    /// <summary>Throws where an engine cannot take so many shards.</summary>
    /// <exception cref="MedBenchException">Too many.</exception>
    public static void Check(IPlanFormat format, WorkPlan plan)
    {
        if (plan.Shards.Count > format.MostShards)
            throw new MedBenchException($"{plan.Shards.Count} shards: {format.Name} takes {format.MostShards} at once", "raise --max-hours, lower --shards, or plan a part of the cells with --filter");
    }

    /// <summary>A template of this assembly, with each <c>@KEY@</c> replaced.</summary>
    internal static string Fill(string template, params (string Key, object Value)[] values)
    {
        string text = Text(template);
        foreach (var (key, value) in values) text = text.Replace($"@{key}@", FormattableString.Invariant($"{value}"), StringComparison.Ordinal);
        return text;
    }

    /// <summary>An embedded file as it is.</summary>
    internal static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }
}
