using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>
/// The linear layers of a transformer two ways: as matrix products, and as 1×1 convolutions over the same memory, read channels-last.
/// On a CPU libtorch gives the first to MKL and the second to oneDNN.
/// </summary>
internal sealed class LinearBench(Timing timing, Device device)
{
    /// <summary>Seconds of all of a model's linear layers over tokens on a batch, forward or with their backward; none for a model that has none.</summary>
    public IEnumerable<BenchFigure> Measure(ModelCard card, int size, int batch)
    {
        using var scope = NewDisposeScope();
        List<(Tensor Tokens, Tensor Weight, Tensor Bias)> layers = [];
        double macs = 0;
        using (var model = ModelCatalog.Create(card, 0, size))
        {
            foreach (var layer in ModelInspector.Trace(model, size).Where(l => l.Type == "Linear" && l.OutputShape.Count == 3))
            {
                long tokens = layer.OutputShape[1], outputs = layer.OutputShape[2], inputs = layer.Macs / (tokens * outputs);
                macs += layer.Macs;
                layers.Add((rand(batch, tokens, inputs, device: device), rand(outputs, inputs, device: device), rand(outputs, device: device)));
            }
        }
        if (layers.Count == 0) yield break;

        foreach (bool backward in (bool[])[false, true])
        {
            foreach (var (tokens, weight, bias) in layers)
                foreach (var tensor in (Tensor[])[tokens, weight, bias]) tensor.requires_grad_(backward);
            double[] seconds = timing.Medians(() => Pass(Product, backward), () => Pass(Convolution, backward));
            double work = (backward ? 3 : 1) * 2 * macs * batch;
            yield return BenchFigure.Time(
                new BenchWork(backward ? "linear-step" : "linear", card.Name) { Size = size, Batch = batch }, seconds[0],
                FormattableString.Invariant($"{work / seconds[0] / 1e9:F0} GFLOP/s; as 1×1 convolutions {1000 * seconds[1]:F1} ms, {work / seconds[1] / 1e9:F0} GFLOP/s"));
        }

        void Pass(Func<Tensor, Tensor, Tensor, Tensor> apply, bool backward)
        {
            foreach (var (tokens, weight, bias) in layers)
            {
                using var inner = NewDisposeScope();
                using var mode = set_grad_enabled(backward);
                var output = apply(tokens, weight, bias);
                if (backward) autograd.grad([output], [tokens, weight, bias], [ones_like(output)]);
            }
            if (device.type == DeviceType.CUDA) cuda.synchronize();
        }
    }

    internal static Tensor Product(Tensor tokens, Tensor weight, Tensor bias) => nn.functional.linear(tokens, weight, bias);

    // (N, T, width) is a map of N images, T × 1 pixels and width channels, stored channels-last: nothing is copied.
    internal static Tensor Convolution(Tensor tokens, Tensor weight, Tensor bias) =>
        nn.functional.conv2d(tokens.unsqueeze(2).permute(0, 3, 1, 2), weight.view(weight.shape[0], -1, 1, 1), bias).permute(0, 2, 3, 1).squeeze(2);
}
