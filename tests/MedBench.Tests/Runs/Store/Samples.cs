using MedBench.Runs.Store;
using MedBench.Training.Metrics;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Store;

/// <summary>A small run with everything in it.</summary>
internal static class Samples
{
    internal static RunSpec Spec(long seed = 0) => new(
        1, "breastmnist", "750601b1f35ba3300ea97c75c52ff8f6", 64, 224, "zero-pad", SubsetDraw.All, "resnet18.a1_in1k", WeightsId.Formula,
        new MethodName(MethodName.Knn), "doerrich2025-knn", "abc", seed, Precision.Fp32);

    internal static RunOutput Output(RunSpec spec)
    {
        float[] scores = [0.1f, 0.9f, 0.5f, 1f / 3];
        int[] labels = [0, 1, 0, 1];
        var detail = Evaluator.Detail<int, float>(MetricTask.Binary, labels, scores, 4, 1);
        var result = new RunResult(
            RunResult.CurrentSchema, spec.Id, spec, new Dictionary<string, SplitResult> { ["test"] = SplitResult.Of(detail) },
            [new Evaluation(1, 10, "val", 0.75, null, 0.5)], RunEnvironment.Capture(TorchSharp.torch.CPU) with { Threads = 1, Libtorch = "2.10.0" },
            new Dictionary<string, double> { ["train"] = 1.5 }, 1 << 20, new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), ["a note"], new RunSettings(RecipeCatalog.Get("doerrich2025")));
        return new RunOutput(result, [new Predictions("test", scores, labels, 4)], "epoch 1\n");
    }
}
