using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Preprocessing;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Cells;

/// <summary>What sets a cell apart from its paper's plain one, so that it is never judged by that cell's number. In tables and ids its parts stand in this order, joined by <c>+</c>.</summary>
/// <param name="Method">Variant of the method, for example <c>as-released</c>.</param>
/// <param name="Recipe">Another recipe than the paper's, by the first digits of its hash: <c>recipe-3f2a91bc</c>.</param>
/// <param name="EncoderRate">Encoder learning rate, where it is not the recipe's: <c>lr-1e-5</c>.</param>
/// <param name="Subset">Part of the training split: <c>25%</c>, <c>10-shot</c>, <c>twin-free</c>.</param>
/// <param name="Resize">Way to the input size, where it is not the recipe's: <c>pad-before-normalize</c>.</param>
/// <param name="Start">Formula or random weights, where the method starts from a checkpoint: <c>formula-weights</c>, <c>initialised-weights</c>.</param>
/// <param name="Unverified">A checkpoint that is not known to be the published one: <c>unverified-weights</c>.</param>
/// <param name="Precision">Arithmetic, where it is not float32: <c>bf16</c>.</param>
/// <param name="Alternative">Above 0 for another checkpoint or data file than most runs of the cell: <c>alternative-1</c>.</param>
/// <param name="Weights">Weights that were tested: <c>last-epoch</c>.</param>
[JsonConverter(typeof(TextConverter<CellVariant>))]
public sealed partial record CellVariant(
    string? Method = null,
    string? Recipe = null,
    double? EncoderRate = null,
    TrainingSubset? Subset = null,
    ResizeMode? Resize = null,
    WeightsId? Start = null,
    bool Unverified = false,
    Precision Precision = Precision.Fp32,
    int Alternative = 0,
    TestedWeights Weights = TestedWeights.Selected) : IText<CellVariant>
{
    private const string Unknown = "unverified-weights", Rate = "lr-", Edited = "recipe-", Weighted = "-weights", Another = "alternative-";

    /// <summary>The paper's plain cell: an empty text.</summary>
    public static CellVariant Plain { get; } = new();

    /// <summary>A learning rate, to the last digit: <c>1e-5</c>, <c>7.5e-4</c>.</summary>
    public static string RateText(double rate) =>
        decimal.Parse(rate.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.################e-0", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static CellVariant Parse(string text)
    {
        try
        {
            var variant = text.Length == 0 ? Plain : text.Split('+').Aggregate(Plain, (known, part) => known.With(part));
            return variant.ToString() == text ? variant : throw new MedBenchException("this is not how it is written", $"write '{variant}'");
        }
        catch (MedBenchException e)
        {
            throw new MedBenchException($"variant '{text}': {e.Message}", e.Fix, e);
        }
    }

    /// <summary>As <see cref="Parse"/> reads it; empty for the plain cell.</summary>
    public override string ToString() => string.Join('+', ((string?[])
    [
        Method,
        Recipe is null ? null : Edited + Recipe,
        EncoderRate is { } rate ? Rate + RateText(rate) : null,
        Subset?.ToString(),
        Resize?.Name(),
        Start is null ? null : Start + Weighted,
        Unverified ? Unknown : null,
        Precision == Precision.Fp32 ? null : Precision.Name(),
        Alternative > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Another}{Alternative}") : null,
        Weights == TestedWeights.Selected ? null : Weights.Name(),
    ]).OfType<string>());

    private CellVariant With(string part) => part switch
    {
        _ when part.StartsWith(Edited, StringComparison.Ordinal) => this with { Recipe = part[Edited.Length..] },
        _ when part.StartsWith(Rate, StringComparison.Ordinal) => this with { EncoderRate = ReadRate(part) },
        _ when TrainingSubset.IsForm(part) => this with { Subset = TrainingSubset.Parse(part) },
        Unknown => this with { Unverified = true },
        _ when part.EndsWith(Weighted, StringComparison.Ordinal) => this with { Start = WeightsId.Parse(part[..^Weighted.Length]) },
        _ when part.StartsWith(Another, StringComparison.Ordinal) && int.TryParse(part[Another.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) => this with { Alternative = number },
        _ when Named<ResizeMode>(part) is { } resize => this with { Resize = resize },
        _ when Named<Precision>(part) is { } precision => this with { Precision = precision },
        _ when Named<TestedWeights>(part) is { } weights => this with { Weights = weights },
        _ when Method is null && Word().IsMatch(part) => this with { Method = part },
        _ => throw new MedBenchException(
            $"'{part}' is not known",
            "join by '+', each at most once: a variant of the method, recipe- and its hash, lr-1e-5, 25%, 10-shot or twin-free, a way of resizing, formula-weights or initialised-weights, a precision, last-epoch"),
    };

    private static double ReadRate(string part) =>
        double.TryParse(part[Rate.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and < 1
            ? rate
            : throw new MedBenchException($"'{part}' is not a learning rate", "write one between 0 and 1, such as lr-1e-5");

    private static T? Named<T>(string part)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (value.Name() == part) return value;
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9]+([.-][a-z0-9]+)*\z")]
    private static partial Regex Word();
}
