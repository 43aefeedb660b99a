using MedBench.Data.Datasets;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>Measures wu2025's linear probe of one seed: every iteration, evaluation and selection, on features that are there already.</summary>
internal sealed class ProbeBench(Device device)
{
    private static readonly SplitCounts s_counts = DatasetCatalog.Get("pneumoniamnist").Splits;

    /// <summary>Seconds of the head's training on random features in the numbers of PneumoniaMNIST.</summary>
    public BenchFigure Measure(ModelCard card, int size)
    {
        using var scope = NewDisposeScope();
        var recipe = RecipeCatalog.Get("wu2025");
        var rule = recipe.Methods["linear-probing/frozen-statistics"];
        var dataset = DatasetCatalog.Get("pneumoniamnist");
        var objective = new Objective(dataset, recipe.BinaryOutputs);
        using var model = ModelCatalog.Create(card, objective.Outputs, size);
        model.to(device);
        using var data = new TrainingData(Split(model, objective, s_counts.Train), Split(model, objective, s_counts.Validation), Split(model, objective, s_counts.Test));
        var plan = TrainingPlan.Create(recipe, rule, card, s_counts.Train, seed: 0);
        using var trainer = new Trainer(new ProbeLearner(model), objective, plan, data);
        var outcome = trainer.Run();
        var work = new BenchWork("probe", $"{card.Name}, cached features")
        {
            Images = s_counts.Train,
            Width = model.HeadHiddenSize,
            Classes = objective.Outputs + 1,
            Iterations = rule.Iterations,
            Batch = plan.BatchSize,
        };
        return new BenchFigure(work, outcome.Seconds, outcome.Seconds, "s", $"{outcome.Iterations} iterations, {outcome.History.Count} evaluations");
    }

    /// <summary>What a whole cell of PneumoniaMNIST costs, from what was measured: with features cached, and as released.</summary>
    public static IEnumerable<BenchFigure> Cells(ModelCard card, BenchFigure forward, BenchFigure probe, BenchFigure probeStep)
    {
        int images = s_counts.Train + s_counts.Validation + s_counts.Test;
        int epochs = probe.Work.Iterations!.Value / (s_counts.Train / probe.Work.Batch!.Value);
        double features = images / forward.Value, released = (double)epochs * (s_counts.Train / probe.Work.Batch.Value) * probeStep.Seconds;
        yield return Estimate("cell-cached", features + probe.Seconds, FormattableString.Invariant($"features of {images} images once, then the head; each further seed {probe.Seconds:F1} s"));
        yield return Estimate("cell-as-released", released, $"{epochs * (s_counts.Train / probe.Work.Batch.Value)} probe steps");

        BenchFigure Estimate(string name, double seconds, string remark) => new(new BenchWork(name, card.Name), seconds, seconds, "s", $"estimate: {remark}");
    }

    private LabelledBatches Split(ImageModel model, Objective objective, int count)
    {
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 2))];
        var floats = tensor(Array.ConvertAll(labels, l => (float)l), device: device).unsqueeze(1).DetachFromDisposeScope();
        return new LabelledBatches(new FeatureBatches(randn(count, model.HeadHiddenSize, device: device).DetachFromDisposeScope(), floats), labels);
    }
}
