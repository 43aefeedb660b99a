using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.StateDicts;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Heads;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

/// <summary>A training run of a <see cref="TinyModel"/> on 45 + 20 + 20 generated images, to be varied by a test.</summary>
internal sealed class TinyRun : IDisposable
{
    private static readonly InputPipelineOptions s_input = new(16, ResizeMode.None, PillowFilter.Bilinear, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    private readonly TestFolder _folder = new();
    private readonly ImageDataset _dataset;

    public TinyRun(SplitCounts? counts = null)
    {
        _dataset = SyntheticDataset.Open(16, counts: counts ?? new SplitCounts(45, 20, 20), cache: _folder.Path);
        manual_seed(1);
        Model = new TinyModel(4);
        Objective = new Objective(_dataset.Card, 1);
    }

    public static OptimizerRule AdamW { get; } = new()
    {
        Algorithm = OptimizerAlgorithm.AdamW,
        LearningRate = 1e-2,
        WeightDecay = 0.01,
        Schedule = new ScheduleRule { Kind = ScheduleKind.Exponential, Gamma = 0.9, EveryIterations = 5 },
    };

    public static MethodRule EndToEnd { get; } = new()
    {
        Encoder = AdamW,
        Classifier = AdamW,
        BatchSize = 8,
        Epochs = 4,
        Selection = new SelectionRule { Metric = SelectionMetric.Loss },
    };

    public TinyModel Model { get; set; }

    public Objective Objective { get; }

    public MethodRule Method { get; set; } = EndToEnd;

    public EncoderKind Kind { get; set; } = EncoderKind.CNN;

    public int Seed { get; set; } = 3;

    /// <summary>Whether the classifier alone is trained, on features extracted beforehand.</summary>
    public bool Cached { get; set; }

    /// <summary>Whether the layers compute in bfloat16.</summary>
    public bool BFloat16 { get; set; }

    /// <summary>Head instead of the model's classifier.</summary>
    public HeadRule? Head { get; set; }

    public string? Checkpoint { get; set; }

    public IReadOnlyList<Tensor> Weights => [.. StateDict.Of(Model).Select(s => s.Tensor)];

    public string NewCheckpoint() => Checkpoint = _folder.File("run.ckpt");

    public TinyRun With(bool batchNorm, double dropout = 0)
    {
        Model.Dispose();
        manual_seed(1);
        Model = new TinyModel(4, batchNorm, dropout);
        return this;
    }

    public TrainingOutcome Train(IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        using var data = new TrainingData(Open(Split.Train), Open(Split.Validation), Open(Split.Test));
        if (BFloat16 && !Model.UsesBFloat16) Model.UseBFloat16();
        using var head = ProbeHead.Create(Head, Model, Objective.Outputs, Seed);
        Learner learner = (Cached, head) switch
        {
            (true, null) => new ProbeLearner(Model),
            (true, _) => new ProbeLearner(head, ProbeHead.Name),
            (false, null) => new ModelLearner(Model, Method),
            (false, _) => new HeadLearner(Model, head, ProbeHead.LayerOf(Head), Method.FrozenEncoder),
        };
        using var trainer = new Trainer(learner, Objective, Plan(), data, Checkpoint);
        return trainer.Run(progress, cancel);
    }

    /// <summary>Trains until <paramref name="iteration"/> has begun, then cancels.</summary>
    public void CancelAt(long iteration)
    {
        using var cancel = new CancellationTokenSource();
        Model.Step = step => { if (step == iteration) cancel.Cancel(); };
        Assert.ThrowsAny<OperationCanceledException>(() => Train(cancel: cancel.Token));
        Model.Step = null;
    }

    public LabelledBatches Open(Split split)
    {
        var images = new ImageBatches(_dataset[split], s_input, Objective.Labels(_dataset[split]), CPU);
        byte[] labels = Objective.LabelBytes(_dataset[split]);
        if (!Cached) return new LabelledBatches(images, labels);
        using (images) return new LabelledBatches(new FeatureBatches(Features(images), Objective.Labels(_dataset[split])), labels);
    }

    private Tensor Features(ImageBatches images)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Model.eval();
        return scope.MoveToOuter(cat([.. images.Read(Enumerable.Range(0, images.Count).ToArray(), 7).Select(b => ProbeHead.LayerOf(Head).Of(Model, b.Input))]));
    }

    public TrainingPlan Plan()
    {
        var recipe = RecipeCatalog.Get("wu2025") with { EvaluationBatchSize = 8 };
        var card = ModelCatalog.Get("resnet18.cifar") with { Name = "tiny", Kind = Kind };
        return TrainingPlan.Create(recipe, Method, card, _dataset.Train.Count, Seed);
    }

    public void Dispose()
    {
        Model.Dispose();
        _dataset.Dispose();
        _folder.Dispose();
    }
}
