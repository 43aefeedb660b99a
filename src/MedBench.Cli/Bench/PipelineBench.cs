using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Catalog;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>Measures the input pipeline alone: memory-mapped images to normalised batches on the device.</summary>
internal sealed class PipelineBench(Timing timing, Device device)
{
    private const int Batch = 64, Batches = 4;

    /// <summary>Images a second from <paramref name="source"/> to <paramref name="target"/> pixels, with as many workers as a training run has.</summary>
    public BenchFigure Measure(int source, int target, string cache)
    {
        using var dataset = SyntheticDataset.Open(source, counts: new SplitCounts(Batch * Batches, 8, 8), cache: cache);
        var card = ModelCatalog.Get("resnet18.a1_in1k");
        var options = new InputPipelineOptions(target, ResizeMode.Scale, PillowFilter.Bilinear, card.Mean, card.Std);
        using var batches = new ImageBatches(dataset.Train, options, new Objective(dataset.Card, 1).Labels(dataset.Train), device);
        int[] order = EpochOrder.Shuffle(Batch * Batches, 0, 0);
        double seconds = timing.Medians(() =>
        {
            foreach (var _ in batches.Read(order, Batch)) { }
        })[0] / Batches;
        return BenchFigure.Rate(new BenchWork("pipeline", $"{source} to {target} px") { Source = source, Size = target, Batch = Batch }, seconds, Batch, $"{batches.Workers} worker(s)");
    }
}
