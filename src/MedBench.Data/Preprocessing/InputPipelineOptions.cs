using System.Text.Json.Serialization;

namespace MedBench.Data.Preprocessing;

/// <summary>How an image becomes a model's input.</summary>
/// <param name="InputSize">Side of the model's input in pixels.</param>
/// <param name="Resize">How the image reaches that size.</param>
/// <param name="Filter">Interpolation for <see cref="ResizeMode.Scale"/>.</param>
/// <param name="Mean">Mean per channel of the output, of pixels in [0, 1].</param>
/// <param name="Std">Standard deviation per channel of the output, of pixels in [0, 1]; positive.</param>
/// <param name="BlueFirst">Whether the output's channels are BGR instead of RGB; not written where they are not, so that identities stay those of the time before it.</param>
public sealed record InputPipelineOptions(
    int InputSize,
    ResizeMode Resize,
    PillowFilter Filter,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool BlueFirst = false);
