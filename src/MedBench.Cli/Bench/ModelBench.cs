using MedBench.Core.Errors;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using MedBench.Models.Layers;
using MedBench.Training.Engine;
using MedBench.Training.Optimization;
using MedBench.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>Measures a model on the CPU or a GPU.</summary>
internal sealed class ModelBench(Timing timing, Device device)
{
    private const int Classes = 9;

    // After the first steps, which are those that may differ from all others.
    private const int CountedSteps = 10;

    /// <summary>A large float32 matrix product: what the machine can do at best.</summary>
    public BenchFigure Gemm()
    {
        const int Side = 1024;
        using var scope = NewDisposeScope();
        var (a, b) = (rand(Side, Side, device: device), rand(Side, Side, device: device));
        double seconds = timing.Medians(() =>
        {
            using var product = a.mm(b);
            Wait();
        })[0];
        return new BenchFigure(new BenchWork("gemm", "1024³ float32"), seconds, 2.0 * Side * Side * Side / seconds / 1e9, "GFLOP/s");
    }

    /// <summary>Images a second forward, without gradients; for a CNN also without channels-last, and for a checkpoint that is an ONNX file also through ONNX Runtime.</summary>
    public BenchFigure Forward(ModelCard card, int size, int batch)
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, Classes, size);
        double macs = ModelInspector.Trace(model, size).Sum(l => (double)l.Macs);
        model.to(device);
        var images = Images(batch, size);
        void Once() => Forward(model, images);
        List<(string Way, Action Work)> ways = [("", Once)];
        if (card.Kind == EncoderKind.CNN) ways.Add(("without channels-last", () => WithSwitch(Once)));
        using var graph = size == card.InputSize && ModelCheckpoints.Find(card) is { Path: var file } && OwnEncoder.OfCheckpoint(card, file) is { } own ? ModelCatalog.Create(own, Classes) : null;
        if (graph is not null) ways.Add(("through ONNX Runtime", () => Forward(graph, images)));
        double[] seconds = timing.Medians([.. ways.Select(way => way.Work)]);
        string remark = FormattableString.Invariant($"{2 * macs * batch / seconds[0] / 1e9:F0} GFLOP/s");
        for (int i = 1; i < ways.Count; i++) remark += FormattableString.Invariant($"; {batch / seconds[i]:F1} img/s {ways[i].Way}");
        return BenchFigure.Rate(Work("forward", card, size, batch), seconds[0], batch, remark);
    }

    /// <summary>Images a second of a training step: forward, backward, AdamW over everything; on CUDA also how often it waits for the GPU.</summary>
    public BenchFigure Step(ModelCard card, int size, int batch)
    {
        var (seconds, syncs) = TrainingStep(card, size, batch, ModelParts.All);
        return BenchFigure.Rate(Work("step", card, size, batch), seconds, batch, syncs is { } n ? FormattableString.Invariant($"{n:0.##} host syncs a step") : "") with { HostSyncsPerStep = syncs };
    }

    /// <summary>A step of wu2025's released linear probe: the whole model in training mode on a batch, the classifier alone trained.</summary>
    public BenchFigure ProbeStep(ModelCard card, int size, int batch) =>
        BenchFigure.Time(Work("probe-step", card, size, batch), TrainingStep(card, size, batch, ModelParts.Classifier).Seconds);

    /// <summary>An AdamW step over all parameters, flat; beside it TorchSharp's own.</summary>
    public BenchFigure Optimizer(ModelCard card)
    {
        using var scope = NewDisposeScope();
        using var flatModel = ModelCatalog.Create(card, Classes, card.InputSize).to(device);
        using var flat = new FlatAdam([.. flatModel.parameters()], new AdamOptions(1e-4));
        using var model = ModelCatalog.Create(card, Classes, card.InputSize).to(device);
        foreach (var parameter in model.parameters()) parameter.grad = zeros_like(parameter);
#pragma warning disable RS0030 // the banned optimiser is what is measured; its weight decay is given
        using var perTensor = optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 0.01);
#pragma warning restore RS0030
        double[] seconds = timing.Medians(
            () =>
            {
                flat.Step();
                Wait();
            },
            () =>
            {
                using var inner = NewDisposeScope();
                perTensor.step();
                Wait();
            });
        string remark = FormattableString.Invariant($"{model.parameters().Count()} tensors; TorchSharp's own {1000 * seconds[1]:F1} ms");
        return BenchFigure.Time(new BenchWork("optimizer", card.Name) { Size = card.InputSize }, seconds[0], remark);
    }

    private static BenchWork Work(string name, ModelCard card, int size, int batch) => new(name, card.Name) { Size = size, Batch = batch };

    private (double Seconds, double? HostSyncs) TrainingStep(ModelCard card, int size, int batch, ModelParts trained)
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, Classes, size).to(device);
        var rule = RecipeCatalog.Get("wu2025").Methods[trained == ModelParts.All ? "end-to-end" : "linear-probing"];
        var learner = new ModelLearner(model, rule);
        using var optimizer = new FlatAdam([.. learner.Encoder, .. learner.Classifier], new AdamOptions(1e-4));
        var (images, labels) = (Images(batch, size), zeros(batch, ScalarType.Int64, device));
        learner.Train();
        double seconds = timing.Medians(() =>
        {
            Once();
            Wait();
        })[0];
        return (seconds, HostSyncs.PerStep(device, CountedSteps, Once));

        void Once()
        {
            using var inner = NewDisposeScope();
            optimizer.ZeroGradients();
            nn.functional.cross_entropy(learner.Logits(images), labels).backward();
            optimizer.Step();
        }
    }

    private void Forward(ImageModel model, Tensor images)
    {
        model.eval();
        using var _ = no_grad();
        using var logits = model.call(images);
        Wait();
    }

    // A CPU's allocator promises what it does not have, and the process is killed for it; a GPU's refuses.
    private Tensor Images(int batch, int size)
    {
        const int Activations = 8;
        long bytes = 4L * 3 * batch * size * size, memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return device.type == DeviceType.CUDA || bytes < memory / Activations ? rand(batch, 3, size, size, device: device) : throw new MedBenchException(
            $"{batch} images of {size} px are {bytes >> 20} MiB, and what a network makes of them is many times that; this machine has {memory >> 20} MiB", "give a smaller --batch or --input-size");
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

    private enum ModelParts
    {
        All,
        Classifier,
    }
}
