using System.IO.Enumeration;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Cells;

namespace MedBench.Runs.Experiments;

/// <summary>Chooses cells: <c>key=value</c> pairs that must all hold, values with <c>*</c> and with <c>|</c> between alternatives.</summary>
public sealed class CellFilter
{
    private static readonly Dictionary<string, Func<ExperimentCell, string>> s_keys = new(StringComparer.Ordinal)
    {
        ["paper"] = c => c.Paper,
        ["experiment"] = c => c.Experiment.Split('/')[1],
        ["dataset"] = c => c.Run.Dataset.Name,
        ["size"] = c => $"{c.Run.Size}",
        ["model"] = c => c.Run.Model.Name,
        ["kind"] = c => c.Run.Model.Kind.ToString().ToLowerInvariant(),
        ["method"] = c => c.Run.Method.ToString(),
        ["subset"] = c => c.Run.Subset?.ToString() ?? "all",
        ["variant"] = c => c.Key(Metric.Acc).Variant.ToString(),
        ["tier"] = c => c.Tier.Name(),
        ["id"] = c => c.Id,
    };

    private readonly List<(string Key, Func<ExperimentCell, string> Value, string[] Patterns)> _conditions = [];

    /// <summary>Reads conditions such as <c>dataset=breastmnist,model=vit*|resnet18*</c>.</summary>
    /// <exception cref="MedBenchException">A condition is not <c>key=value</c>, or the key is unknown.</exception>
    public static CellFilter Parse(IEnumerable<string> texts)
    {
        var filter = new CellFilter();
        foreach (string condition in texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (condition.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, { Length: > 0 } value])
                throw new MedBenchException($"--filter {condition}: is not key=value", $"write for example dataset=breastmnist; keys: {string.Join(", ", s_keys.Keys)}");
            filter._conditions.Add((key, s_keys.TryGetValue(key, out var read) ? read : throw Names.Unknown("filter key", key, s_keys.Keys), value.Split('|')));
        }
        return filter;
    }

    /// <summary>Refuses a value that no cell has: it is mistyped, or of other files.</summary>
    /// <param name="cells">All cells of the files.</param>
    /// <exception cref="MedBenchException">It names the nearest value that there is.</exception>
    public void Check(IReadOnlyCollection<ExperimentCell> cells)
    {
        foreach (var (key, value, patterns) in _conditions)
        {
            string[] known = [.. cells.Select(value).Distinct()];
            if (patterns.FirstOrDefault(pattern => !known.Any(name => FileSystemName.MatchesSimpleExpression(pattern, name))) is { } unknown)
                throw Names.Unknown($"{key} of --filter", unknown, known);
        }
    }

    /// <summary>Whether all conditions hold.</summary>
    public bool Accepts(ExperimentCell cell) =>
        _conditions.All(c => c.Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, c.Value(cell))));
}
