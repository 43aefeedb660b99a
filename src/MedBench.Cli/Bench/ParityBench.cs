using MedBench.Core.Text;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Parity;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>How far a device's arithmetics are from float32 on the CPU, by the features of a model with formula weights.</summary>
internal static class ParityBench
{
    /// <summary>The largest difference of a feature, over the root mean square of all of them: float32 throughout as the figure, the other arithmetics in the remark.</summary>
    /// <param name="card">The model.</param>
    /// <param name="size">Input side in pixels.</param>
    /// <param name="batch">Images.</param>
    /// <param name="device">The device; on a CPU, float32 in two passes shows that one repeats the other.</param>
    public static BenchFigure Measure(ModelCard card, int size, int batch, Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var images = FormulaWeights.Input("input", batch, 3, size, size);
        var expected = Features(card, size, images, CPU, Precision.Fp32, out double seconds);
        double scale = expected.square().mean().sqrt().ToDouble();
        double Difference(Precision precision) => (Features(card, size, images, device, precision, out double _) - expected).abs().max().ToDouble() / scale;
        Precision[] others = device.type == DeviceType.CUDA ? [Precision.Tf32Convolutions, Precision.Tf32, Precision.BF16] : [Precision.BF16];
        double strict = Difference(device.type == DeviceType.CUDA ? Precision.Fp32Strict : Precision.Fp32);
        string remark = string.Join(", ", others.Select(p => FormattableString.Invariant($"{p.Name()} {Difference(p):E1}")));
        return new BenchFigure(new BenchWork("parity", card.Name) { Size = size, Batch = batch }, seconds, strict, "of the RMS", remark);
    }

    private static Tensor Features(ModelCard card, int size, Tensor images, Device device, Precision precision, out double seconds)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        using ImageModel model = ModelCatalog.Create(card, 2, size);
        FormulaWeights.Fill(model);
        model.to(device);
        precision.Apply(model, device, onFeatures: false);
        model.eval();
        var features = model.PreLogits(images.to(device)).to(ScalarType.Float32).cpu();
        seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        return features.MoveToOuterDisposeScope();
    }
}
