using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MedBench.Core.Errors;

namespace MedBench.Models.Weights;

/// <summary>Renames a checkpoint's keys to a model's, as data: rules in order, each applied to what the one before it left.</summary>
public sealed class KeyRemap
{
    /// <summary>Every key as it is.</summary>
    public static readonly KeyRemap None = new([]);

    // Not for speed: a pattern that backtracks for ever must not hang a run.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    private readonly List<(Regex Match, string? To)> _steps;

    /// <summary>Makes a map of <paramref name="rules"/>.</summary>
    /// <exception cref="MedBenchException">A rule is incomplete or its pattern is not a regular expression.</exception>
    public KeyRemap(IReadOnlyList<KeyRule> rules)
    {
        Rules = rules;
        _steps = [.. rules.Select((rule, i) => Compile(rule, i + 1))];
    }

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<KeyRule> Rules { get; }

    /// <summary>Reads rules from JSON, for example <c>[{"prefix": "visual.trunk.", "to": ""}, {"pattern": "^text\\.", "drop": true}]</c>.</summary>
    /// <exception cref="MedBenchException">The text is not a list of rules.</exception>
    public static KeyRemap Parse(string json)
    {
        try
        {
            return new KeyRemap(JsonSerializer.Deserialize<List<KeyRule>>(json, s_json) ?? throw new JsonException("null is not a list"));
        }
        catch (JsonException e)
        {
            throw new MedBenchException($"rename rules: {e.Message}", """write them as [{"prefix": "a.", "to": "b."}, {"pattern": "^c", "drop": true}]""", e);
        }
    }

    /// <summary>Rules that come with MedBench, by the name of their file under <c>Cards/remap</c>.</summary>
    /// <exception cref="MedBenchException">There are none of that name.</exception>
    public static KeyRemap Embedded(string name)
    {
        const string Folder = "Remaps/";
        var assembly = typeof(KeyRemap).Assembly;
        using var stream = assembly.GetManifestResourceStream($"{Folder}{name}.json") ?? throw Names.Unknown(
            "rename rules", name, [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n))]);
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>The rules as <see cref="Parse"/> reads them.</summary>
    public string ToJson() => JsonSerializer.Serialize(Rules, s_json);

    /// <summary>The model's name for <paramref name="key"/>, or null for a tensor that is left out.</summary>
    public string? Apply(string key)
    {
        foreach (var (match, to) in _steps)
        {
            if (to is not null) key = match.Replace(key, to);
            else if (match.IsMatch(key)) return null;
        }
        return key;
    }

    private static (Regex, string?) Compile(KeyRule rule, int number)
    {
        if (rule is null || rule.Prefix is null == rule.Pattern is null || rule.To is null != rule.Drop)
            throw new MedBenchException($"rename rule {number} is incomplete", "give one of prefix and pattern, and one of to and drop");
        try
        {
            // '$' has a meaning in a pattern's replacement only.
            return rule.Prefix is { } prefix
                ? (new Regex("^" + Regex.Escape(prefix), RegexOptions.CultureInvariant, s_timeout), rule.To?.Replace("$", "$$", StringComparison.Ordinal))
                : (new Regex(rule.Pattern!, RegexOptions.CultureInvariant, s_timeout), rule.To);
        }
        catch (ArgumentException e)
        {
            throw new MedBenchException($"rename rule {number}: {e.Message}", "correct the regular expression", e);
        }
    }
}
