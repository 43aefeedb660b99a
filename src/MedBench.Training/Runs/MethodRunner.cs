using System.Diagnostics;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Models.Layers;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Heads;
using MedBench.Training.Metrics;
using MedBench.Training.Neighbours;
using MedBench.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>Carries out a <see cref="RunRequest"/>: k-NN, linear probing on cached or live features, or training of the whole model.</summary>
/// <param name="request">What to do.</param>
/// <param name="features">Where features are kept.</param>
public sealed class MethodRunner(RunRequest request, FeatureStore features)
{
    // Tokens of more than this on disk are computed anew in every step instead.
    private const long LargestTokens = 2L << 30;

    private readonly RunConfiguration _run = request.Configuration;
    private readonly MethodRule _rule = request.Configuration.Rule;
    private readonly Objective _objective = request.Configuration.Objective;
    private readonly Dictionary<Split, ImageSplit> _images = Enum.GetValues<Split>().ToDictionary(split => split, request.Images);
    private readonly FeatureLayer _layer = ProbeHead.LayerOf(request.Configuration.Rule.Head);
    private double _featureSeconds;

    /// <summary>Runs to the end.</summary>
    /// <param name="checkpoint">Where a training run keeps its progress, and finds it again; null for nowhere.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="keep">Where the tested weights are written, as safetensors (<see cref="TestedModel"/>); null for nowhere. k-NN trains none.</param>
    /// <param name="cancel">Stops soon; a training run saves its checkpoint first.</param>
    public RunOutcome Run(string? checkpoint = null, IProgress<RunStage>? progress = null, string? keep = null, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        if (_rule.Neighbours is { } k)
        {
            var (votes, moves) = Vote(k, progress, cancel);
            return new RunOutcome(votes, null, clock.Elapsed.TotalSeconds, _featureSeconds, moves);
        }

        using var model = CreateModel();
        using var head = ProbeHead.Create(_rule.Head, model, _objective.Outputs, request.Seed)?.to(request.Device);
        bool cached = CanCache(model);
        using var data = new TrainingData(Open(Split.Train), Open(Split.Validation), Open(Split.Test));
        var plan = TrainingPlan.Create(_run.Recipe, _rule, _run.Model, _images[Split.Train].Count, request.Seed, _run.EncoderRate);
        if (!cached) LastBatch.Check(plan, _images[Split.Train].Count, model, _run.Input.InputSize, request.Device);
        using var trainer = new Trainer(LearnerOf(model, head, cached), _objective, plan, data, checkpoint);
        var outcome = trainer.Run(progress is null ? null : new TrainingRelay(progress, _rule), cancel);
        if (keep is not null) TestedModel.Write(keep, model, head);
        return new RunOutcome(outcome.Best, outcome, _featureSeconds + outcome.Seconds, _featureSeconds);

        LabelledBatches Open(Split split) => Labelled(split, cached, () => model, progress, cancel);
    }

    /// <summary>What the frozen encoder sees of all images, training, validation and test split one after the other, float32 (N, D) on the CPU; the caller disposes it.</summary>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancel">Stops between two batches.</param>
    public Tensor Features(IProgress<RunStage>? progress = null, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        var model = new Lazy<ImageModel>(CreateModel);
        var all = cat([.. Enum.GetValues<Split>().Select(split => Features(split, () => model.Value, progress, cancel).cpu())]);
        if (model.IsValueCreated) model.Value.Dispose();
        return scope.MoveToOuter(all);
    }

    /// <summary>Tests weights that were trained before, head included, as the method tests its own; nothing is trained.</summary>
    /// <param name="weights">A checkpoint as <see cref="Run"/> keeps it, or anybody's of this model with this many outputs.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <returns>Predictions on the test split.</returns>
    /// <exception cref="MedBenchException">The method is k-NN, or the file is not of this model with this head.</exception>
    public Prediction Test(string weights, IProgress<RunStage>? progress = null, CancellationToken cancel = default)
    {
        if (_rule.Neighbours is not null) throw new MedBenchException("k-NN trains no weights", "name a method that trains, such as end-to-end");
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(_run.Model, _objective.Outputs, _run.Input.InputSize);
        using var head = ProbeHead.Create(_rule.Head, model, _objective.Outputs, request.Seed);
        TestedModel.Load(weights, model, head, _run.Model);
        model.to(request.Device);
        head?.to(request.Device);
        request.Effective.Apply(model, request.Device, onFeatures: CanCache(model));
        bool cached = CanCache(model);
        return new Tester(LearnerOf(model, head, cached), _objective, _run.Recipe.EvaluationBatchSize).Predict(Labelled(Split.Test, cached, () => model, progress, cancel));
    }

    private LabelledBatches Labelled(Split split, bool cached, Func<ImageModel> model, IProgress<RunStage>? progress, CancellationToken cancel) => new(
        cached ? new FeatureBatches(Features(split, model, progress, cancel), _objective.Labels(_images[split]).to(request.Device)) : Batches(split),
        Objective.LabelBytes(_images[split]));

    // The same precision is other arithmetic on another device: float32 convolutions are TF32 on CUDA.
    internal static string Arithmetic(Precision precision, DeviceType device)
    {
        string name = precision == Precision.Fp32 ? "float32" : precision.Name();
        return device == DeviceType.CPU ? name : $"{name} on {device.ToString().ToLowerInvariant()}";
    }

    // Features that depend on nothing but the image, and are worth their place on disk.
    private bool CanCache(ImageModel model)
    {
        if (_rule.Encoder is not null || (_rule.FrozenEncoder == FrozenEncoderMode.Train && model.HasBatchDependentFeatures)) return false;
        if (_layer == FeatureLayer.PreLogits) return true;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        model.eval();
        int size = _run.Input.InputSize;
        long one = _layer.Of(model, zeros(1, ImagePreprocessor.OutputChannels, size, size, device: request.Device)).numel() * sizeof(float);
        return one * _images.Values.Sum(images => images.Count) <= LargestTokens;
    }

    private Learner LearnerOf(ImageModel model, Block? head, bool cached) => (cached, head) switch
    {
        (true, null) => new ProbeLearner(model),
        (true, _) => new ProbeLearner(head, ProbeHead.Name),
        (false, null) => new ModelLearner(model, _rule),
        (false, _) => new HeadLearner(model, head, _layer, _rule.FrozenEncoder),
    };

    private ImageModel CreateModel()
    {
        var model = request.Weights.Create(_run.Model, _objective.Outputs, _run.Input.InputSize, request.Seed);
        model.to(request.Device);
        request.Effective.Apply(model, request.Device, onFeatures: CanCache(model));
        return model;
    }

    private ImageBatches Batches(Split split) => new(
        _images[split], _run.Input, _objective.Labels(_images[split]), request.Device, request.PrepareOnDevice ?? request.Device.type == DeviceType.CUDA);

    private Tensor Features(Split split, Func<ImageModel> model, IProgress<RunStage>? progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        // A random encoder is another one for each seed; all others are the same for all.
        string weights = request.Weights == InitialWeights.Initialised ? $"{request.Weights.Id} by seed {request.Seed}" : request.Weights.Id.ToString();
        string arithmetic = Arithmetic(request.Effective, request.Device.type);
        var key = new FeatureKey(request.Dataset.Md5, split, (split == Split.Train ? _run.Draw(request.Seed) : SubsetDraw.All).ToString(), _run.Model.Name, weights, _run.Input, arithmetic, _layer);
        var relay = progress is null ? null : new FeatureRelay(progress, split, _images[split].Count);
        var result = features.Get(key, model, () => Batches(split), _rule.BatchSize, request.Device, relay, cancel);
        _featureSeconds += clock.Elapsed.TotalSeconds;
        return result;
    }

    private (Prediction Votes, float[] Moves) Vote(int k, IProgress<RunStage>? progress, CancellationToken cancel)
    {
        var model = new Lazy<ImageModel>(CreateModel);
        using var support = Features(Split.Train, () => model.Value, progress, cancel).cpu();
        using var queries = Features(Split.Test, () => model.Value, progress, cancel).cpu();
        if (model.IsValueCreated) model.Value.Dispose();
        using var neighbours = new NearestNeighbours(support);
        var train = _images[Split.Train];
        int width = train.LabelWidth, classes = _run.Dataset.Labels.Count;
        var found = neighbours.Search(queries, VoteFragility.Reach(k));
        // A vote as probabilities 0 and 1, so that one evaluator scores every method; its AUC would mean nothing and is dropped.
        var votes = new float[found.Length * classes];
        for (int i = 0; i < found.Length; i++)
        {
            var row = votes.AsSpan(i * classes, classes);
            var nearest = found[i].Take(k);
            if (width == 1) row[MajorityVote.Class(nearest.Select(n => (byte)train.ClassOf(n.Position)))] = 1;
            else
                foreach (var (finding, vote) in MajorityVote.Labels([.. nearest.Select(n => train.Label(n.Position).ToArray())]).Index()) row[finding] = vote;
        }
        var scores = Evaluator.Evaluate<byte, float>(_objective.Task, Objective.LabelBytes(_images[Split.Test]), votes, found.Length, classes);
        return (new Prediction(votes, classes, double.NaN, new Scores(scores.Accuracy, null, "k-NN gives votes, not scores")), Moves(found, votes, k));
    }

    // A finding is a class of two, yes or no, and more than half of the neighbours decide.
    private float[] Moves((int Position, double Distance)[][] found, float[] votes, int k)
    {
        var (train, test) = (_images[Split.Train], _images[Split.Test]);
        int width = test.LabelWidth, outputs = _run.Dataset.Labels.Count, classes = width == 1 ? outputs : 2;
        var moves = new float[found.Length * width];
        for (int i = 0; i < found.Length; i++)
        {
            double[] distances = [.. found[i].Select(n => n.Distance)];
            for (int finding = 0; finding < width; finding++)
            {
                byte[] labels = [.. found[i].Select(n => width == 1 ? (byte)train.ClassOf(n.Position) : train.Label(n.Position)[finding])];
                int truth = width == 1 ? test.ClassOf(i) : test.Label(i)[finding];
                bool right = width == 1 ? votes[i * outputs + truth] == 1 : (int)votes[i * outputs + finding] == truth;
                double Move(int target) => VoteFragility.Epsilon(labels, distances, Math.Min(k, labels.Length), classes, target);
                moves[i * width + finding] = (float)(right ? Enumerable.Range(0, classes).Where(c => c != truth).Min(Move) : Move(truth));
            }
        }
        return moves;
    }

    private sealed class TrainingRelay(IProgress<RunStage> progress, MethodRule rule) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(new RunStage(rule.Encoder is null ? "training the classifier" : "training", value.Iteration, value.Iterations, value));
    }

    private sealed class FeatureRelay(IProgress<RunStage> progress, Split split, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new RunStage($"features of {split.ToString().ToLowerInvariant()}", value, total));
    }
}
