using System.Globalization;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Training.Runs;

/// <summary>What tells a run's training images from others of the same split: <c>all</c>, <c>10-shot</c>, or <c>25% by seed 1</c> where they depend on the seed.</summary>
/// <param name="Subset">The part of the split; null for all of it.</param>
/// <param name="Seed">The seed that drew it; null where chance has no part.</param>
[JsonConverter(typeof(TextConverter<SubsetDraw>))]
public sealed record SubsetDraw(TrainingSubset? Subset, int? Seed = null) : IText<SubsetDraw>
{
    private const string By = " by seed ";

    /// <summary>The whole training split.</summary>
    public static SubsetDraw All { get; } = new((TrainingSubset?)null);

    /// <inheritdoc/>
    public static SubsetDraw Parse(string text)
    {
        var draw = text.Split(By) switch
        {
            [var part] => new SubsetDraw(TrainingSubset.Parse(part)),
            [var part, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) => new SubsetDraw(TrainingSubset.Parse(part), seed),
            _ => null,
        };
        return draw?.ToString() == text ? draw : throw new MedBenchException($"'{text}' are no training images", "write all, 10-shot, or 25% by seed 1");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Subset?.ToString() ?? TrainingSubset.All}{(Seed is { } seed ? $"{By}{seed}" : "")}";
}
