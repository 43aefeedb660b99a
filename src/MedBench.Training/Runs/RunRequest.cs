using MedBench.Data.Datasets;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>One run: a configuration with its data open, a seed, and what it starts from.</summary>
/// <param name="Dataset">The open dataset, that of <paramref name="Configuration"/>.</param>
/// <param name="Configuration">What to run.</param>
/// <param name="Weights">What the model starts from.</param>
/// <param name="Seed">The seed; k-NN does not use it.</param>
/// <param name="Device">Where to compute.</param>
/// <param name="Precision">Arithmetic that is asked for.</param>
/// <param name="PrepareOnDevice">Whether images are resized and normalised on the device, to the same bits; null for yes on CUDA.</param>
public sealed record RunRequest(ImageDataset Dataset, RunConfiguration Configuration, InitialWeights Weights, int Seed, Device Device, Precision Precision = Precision.Fp32, bool? PrepareOnDevice = null)
{
    /// <summary>Arithmetic that is effectively used on the device.</summary>
    public Precision Effective => Precision.Effective(Device.type, Configuration.Recipe);

    /// <summary>The images of one split; of the training split, those of the configuration's subset.</summary>
    public ImageSplit Images(Split split) => split == Split.Train && Configuration.Subset is { } subset ? subset.Of(Dataset, Seed) : Dataset[split];
}
