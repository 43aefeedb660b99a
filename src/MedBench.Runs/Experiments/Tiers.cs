using MedBench.Core.Errors;

namespace MedBench.Runs.Experiments;

/// <summary>Tiers by name.</summary>
public static class Tiers
{
    /// <summary>Its name in files and on the command line.</summary>
    public static string Name(this Tier tier) => tier.ToString().ToLowerInvariant();

    /// <summary>The tier called <paramref name="name"/> (case ignored).</summary>
    /// <param name="what">What was set to it, for the error.</param>
    /// <param name="name">The name.</param>
    /// <param name="besides">What else could have been said there.</param>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static Tier Parse(string what, string name, params IReadOnlyList<string> besides) =>
        Enum.TryParse<Tier>(name, ignoreCase: true, out var tier) && Enum.IsDefined(tier) ? tier : throw Names.Unknown(what, name, [.. besides, .. Enum.GetValues<Tier>().Select(Name)]);
}
