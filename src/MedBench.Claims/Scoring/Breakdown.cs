using MedBench.Core.Errors;

namespace MedBench.Claims.Scoring;

/// <summary>What the images of a score are told apart by.</summary>
/// <param name="ByClass">Whether by class.</param>
public sealed record Breakdown(bool ByClass)
{
    private const string Class = "class";

    /// <summary>Nothing.</summary>
    public static Breakdown None { get; } = new(false);

    /// <summary>By the parts of these names.</summary>
    /// <exception cref="MedBenchException">There is none of a name.</exception>
    public static Breakdown Of(IReadOnlyList<string> by)
    {
        if (by.FirstOrDefault(b => b != Class) is { } unknown) throw Names.Unknown("--by", unknown, [Class]);
        return new Breakdown(by.Contains(Class));
    }
}
