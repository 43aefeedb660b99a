using System.Globalization;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Training.Runs;

/// <summary>
/// What tells a run's training images from others of the same split: <c>all</c>, <c>10-shot</c>, <c>25% by seed 1</c> where they depend on the seed, or <c>twin-free by twins 3f2a91bc</c>
/// where they depend on an audit.
/// </summary>
/// <param name="Subset">The part of the split; null for all of it.</param>
/// <param name="Seed">The seed that drew it; null where chance has no part.</param>
/// <param name="Twins">The first digits of the hash of the training images that have twins in the test split; null where they have no part, or no audit is on record.</param>
[JsonConverter(typeof(TextConverter<SubsetDraw>))]
public sealed record SubsetDraw(TrainingSubset? Subset, int? Seed = null, string? Twins = null) : IText<SubsetDraw>
{
    /// <summary>Digits of <see cref="Twins"/>.</summary>
    internal const int TwinsLength = 8;

    private const string BySeed = " by seed ", ByTwins = " by twins ";

    /// <summary>The whole training split.</summary>
    public static SubsetDraw All { get; } = new((TrainingSubset?)null);

    /// <inheritdoc/>
    public static SubsetDraw Parse(string text)
    {
        var draw = (text.Split(BySeed), text.Split(ByTwins)) switch
        {
            ([var part], [_]) => new SubsetDraw(TrainingSubset.Parse(part)),
            ([var part, var number], [_]) when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) => new SubsetDraw(TrainingSubset.Parse(part), seed),
            ([_], [var part, { Length: TwinsLength } twins]) when twins.All(char.IsAsciiHexDigitLower) && TrainingSubset.Parse(part) is { LeavesOutTwins: true } subset => new SubsetDraw(subset, Twins: twins),
            _ => null,
        };
        return draw?.ToString() == text ? draw : throw new MedBenchException($"'{text}' are no training images", "write all, 10-shot, 25% by seed 1, or twin-free by twins 3f2a91bc");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Subset?.ToString() ?? TrainingSubset.All}{(Seed is { } seed ? $"{BySeed}{seed}" : "")}{(Twins is { } twins ? $"{ByTwins}{twins}" : "")}";
}
