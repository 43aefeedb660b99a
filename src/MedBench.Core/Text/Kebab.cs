using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>Names of enumerations wherever they are written or read, in files, ids and options alike: <c>NotRun</c> is <c>not-run</c>.</summary>
public static class Kebab
{
    /// <summary>Writes and reads them in JSON; a number is refused.</summary>
    public static JsonConverter Json { get; } = new JsonStringEnumConverter(new Policy(), allowIntegerValues: false);

    /// <summary>Its name: <c>not-run</c>.</summary>
    public static string Name(this Enum value) => Of(value.ToString());

    /// <summary>Its name in a sentence: "not run".</summary>
    public static string Words(this Enum value) => value.Name().Replace('-', ' ');

    /// <summary>Every name, in the order of the values.</summary>
    public static IReadOnlyList<string> Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => v.Name())];

    /// <summary>The value called <paramref name="name"/> (case ignored).</summary>
    /// <param name="what">What was set to it, for the error.</param>
    /// <param name="name">The name.</param>
    /// <param name="besides">What else could have been said there.</param>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static T Parse<T>(string what, string name, params IReadOnlyList<string> besides)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.Name(), name, StringComparison.OrdinalIgnoreCase)) return value;
        throw Errors.Names.Unknown(what, name, [.. besides, .. Names<T>()]);
    }

    // What is one word to the field is written as one.
    internal static string Of(string member) => member switch
    {
        "AdamW" => "adamw",
        "ViT" => "vit",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(member),
    };

    private sealed class Policy : JsonNamingPolicy
    {
        public override string ConvertName(string name) => Of(name);
    }
}
