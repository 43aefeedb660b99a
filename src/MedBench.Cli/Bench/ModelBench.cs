using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Inspection;
using MedBench.Models.Layers;
using MedBench.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>Speed of one model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="InputSize">Pixels.</param>
/// <param name="Batch">Images at a time.</param>
/// <param name="ForwardPerSecond">Images a second, forward without gradients.</param>
/// <param name="ContiguousPerSecond">The same without channels-last; null for a ViT, which has no use for it.</param>
/// <param name="TrainPerSecond">Images a second of a training step: forward, backward, AdamW.</param>
/// <param name="ForwardGflops">10⁹ floating-point operations a second of the forward pass.</param>
internal sealed record ModelSpeed(string Model, int InputSize, int Batch, double ForwardPerSecond, double? ContiguousPerSecond, double TrainPerSecond, double ForwardGflops);

/// <summary>Seconds of one optimiser step over all parameters of a model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Tensors">Parameter tensors.</param>
/// <param name="Flat">Over one flat buffer.</param>
/// <param name="PerTensor">TorchSharp's own AdamW.</param>
internal sealed record OptimizerSpeed(string Model, int Tensors, double Flat, double PerTensor);

/// <summary>Measures a model on the CPU or a GPU.</summary>
internal sealed class ModelBench(Timing timing, Device device)
{
    private const int Classes = 9;

    public ModelSpeed Measure(ModelCard card, int inputSize, int batch)
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, Classes, inputSize);
        double macs = ModelInspector.Trace(model, inputSize).Sum(l => (double)l.Macs);
        model.to(device);
        var images = rand(batch, 3, inputSize, inputSize, device: device);
        double[] forward = card.Kind == EncoderKind.CNN
            ? timing.Medians(() => Forward(model, images), () => WithSwitch(() => Forward(model, images)))
            : timing.Medians(() => Forward(model, images));
        double train = Train(model, images);
        return new ModelSpeed(card.Name, inputSize, batch, batch / forward[0], forward.Length > 1 ? batch / forward[1] : null, batch / train, 2 * macs * batch / forward[0] / 1e9);
    }

    public OptimizerSpeed MeasureOptimizer(ModelCard card)
    {
        using var scope = NewDisposeScope();
        using var flatModel = ModelCatalog.Create(card, Classes, card.InputSize).to(device);
        using var flat = new FlatAdam([.. flatModel.parameters()], new AdamOptions(1e-4));
        using var model = ModelCatalog.Create(card, Classes, card.InputSize).to(device);
        foreach (var parameter in model.parameters()) parameter.grad = zeros_like(parameter);
#pragma warning disable RS0030 // the banned optimiser is what is measured; its weight decay is given
        using var perTensor = optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 0.01);
#pragma warning restore RS0030
        double[] seconds = timing.Medians(flat.Step, () =>
        {
            using var inner = NewDisposeScope();
            perTensor.step();
        });
        return new OptimizerSpeed(card.Name, model.parameters().Count(), seconds[0], seconds[1]);
    }

    /// <summary>10⁹ floating-point operations a second of a large float32 matrix product: what the machine can do at best.</summary>
    public double Gemm()
    {
        const int Side = 1024;
        using var scope = NewDisposeScope();
        var (a, b) = (rand(Side, Side, device: device), rand(Side, Side, device: device));
        double seconds = timing.Medians(() =>
        {
            using var product = a.mm(b);
            Wait();
        })[0];
        return 2.0 * Side * Side * Side / seconds / 1e9;
    }

    private void Forward(ImageModel model, Tensor images)
    {
        model.eval();
        using var _ = no_grad();
        using var logits = model.call(images);
        Wait();
    }

    private double Train(ImageModel model, Tensor images)
    {
        using var optimizer = new FlatAdam([.. model.parameters()], new AdamOptions(1e-4));
        using var labels = zeros(images.shape[0], ScalarType.Int64, device);
        model.train();
        return timing.Medians(() =>
        {
            using var scope = NewDisposeScope();
            optimizer.ZeroGradients();
            nn.functional.cross_entropy(model.call(images), labels).backward();
            optimizer.Step();
            Wait();
        })[0];
    }

    private void Wait()
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize();
    }

    private static void WithSwitch(Action work)
    {
        AppContext.SetSwitch(Memory.ContiguousSwitch, true);
        work();
        AppContext.SetSwitch(Memory.ContiguousSwitch, false);
    }
}
