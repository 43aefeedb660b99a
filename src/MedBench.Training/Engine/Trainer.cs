using System.Diagnostics;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Training.Optimization;
using MedBench.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>
/// Runs a <see cref="TrainingPlan"/>: epochs of shuffled batches, two optimisers with their schedules, evaluation on the
/// validation split, the best weights kept, the test split once at the end. Killed at any point, it goes on from its
/// last checkpoint and ends with the same bits on a CPU.
/// </summary>
public sealed class Trainer : IDisposable
{
    // Reading the loss waits for the device, so not every step.
    private const int LossEvery = 10;

    private readonly Learner _learner;
    private readonly Objective _objective;
    private readonly Tester _tester;
    private readonly TrainingPlan _plan;
    private readonly TrainingData _data;
    private readonly FlatAdam? _encoder, _classifier;
    private readonly List<(string Name, Tensor Tensor)> _best;
    private readonly Tensor _lossSum;
    private readonly Checkpointer? _checkpointer;
    private TrainerState _state;
    private IReadOnlyList<string> _warnings;

    /// <summary>Prepares a run; the learner's parameters move into the optimisers' buffers.</summary>
    /// <param name="learner">What is trained; on its device already.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="plan">The protocol.</param>
    /// <param name="data">The splits.</param>
    /// <param name="checkpoint">Where progress is kept; an existing file is resumed from. Null for no checkpoints.</param>
    /// <exception cref="MedBenchException">The checkpoint does not fit the model or cannot be read.</exception>
    public Trainer(Learner learner, Objective objective, TrainingPlan plan, TrainingData data, string? checkpoint = null)
    {
        (_learner, _objective, _plan, _data) = (learner, objective, plan, data);
        _tester = new Tester(learner, objective, plan.EvaluationBatchSize);
        _state = new TrainerState { Plan = ContentHash.Of(plan) };
        _encoder = Optimizer(learner.Encoder, plan.Method.Encoder, plan.EncoderRate);
        _classifier = Optimizer(learner.Classifier, plan.Method.Classifier, plan.ClassifierRate);
        _best = [.. learner.State.Select(s => (s.Name, s.Tensor.detach().clone().DetachFromDisposeScope()))];
        _lossSum = zeros([], ScalarType.Float64, learner.State[0].Tensor.device).DetachFromDisposeScope();
        if (checkpoint is not null)
        {
            _checkpointer = new Checkpointer(checkpoint, Tensors());
            _state = _checkpointer.TryLoad(_state.Plan) ?? _state;
            using (Scalar sum = _state.LossSum) _lossSum.fill_(sum);
            foreach (var optimizer in Optimizers()) optimizer.Steps = _state.Steps;
        }
        _warnings = Diagnosis.Of(plan, objective, _state.History, plan.Epochs);
    }

    /// <summary>Trains to the end and tests.</summary>
    /// <param name="progress">Told every few iterations and after every evaluation.</param>
    /// <param name="cancel">Stops between two iterations, after saving a checkpoint.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is saved.</exception>
    /// <exception cref="MedBenchException">The loss or the validation predictions became NaN or infinite before there was a best epoch. Later than that the run ends there, and the outcome says so.</exception>
    public TrainingOutcome Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        double before = _state.Seconds;
        while (_state.Epoch < _plan.Epochs && !_state.Stopped)
        {
            TrainEpoch(progress, clock, before, cancel);
            if (_state.Diverged is not null) break;
            if (_plan.Method.Selection!.IsDue(_state.Epoch, _plan.Epochs)) EvaluateEpoch(before + clock.Elapsed.TotalSeconds, cancel);
            if (_state.Diverged is not null) break;
            _state = _state with { Epoch = _state.Epoch + 1, Iteration = 0, LossSum = 0 };
            using (Scalar zero = 0) _lossSum.fill_(zero);
            NativeHeap.Trim();
            Report(progress, double.NaN);
        }
        // Weights that are not numbers predict nothing.
        var last = _state.Diverged is null ? Predict(_data.Test) : null;
        Copy(_best, _learner.State);
        var best = last is not null && _state.BestEpoch == _state.Epoch - 1 ? last : Predict(_data.Test);
        _warnings = Warnings(_state.Epoch);
        return new TrainingOutcome(_state.BestEpoch, best, _state.Epoch - 1, last, _state.History, _state.Steps - _state.Iteration, before + clock.Elapsed.TotalSeconds, _warnings);
    }

    /// <summary>Probabilities, loss and scores of a split with the weights as they are now.</summary>
    public Prediction Predict(LabelledBatches split) => _tester.Predict(split);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var optimizer in Optimizers()) optimizer.Dispose();
        foreach (var (_, tensor) in _best) tensor.Dispose();
        _lossSum.Dispose();
    }

    private static FlatAdam? Optimizer(IReadOnlyList<TorchSharp.Modules.Parameter> parameters, OptimizerRule? rule, double? rate) =>
        rule is null || parameters.Count == 0 ? null
            : new FlatAdam(parameters, new AdamOptions(rate!.Value, rule.WeightDecay, Decoupled: rule.Algorithm == OptimizerAlgorithm.AdamW));

    private static void Copy(IReadOnlyList<(string Name, Tensor Tensor)> from, IReadOnlyList<(string Name, Tensor Tensor)> to)
    {
        using var _ = no_grad();
        for (int i = 0; i < from.Count; i++) to[i].Tensor.copy_(from[i].Tensor);
    }

    private void TrainEpoch(IProgress<TrainingProgress>? progress, Stopwatch clock, double before, CancellationToken cancel)
    {
        _learner.Train();
        int used = _plan.Method.DropLast ? _plan.IterationsPerEpoch * _plan.BatchSize : _data.Train.Batches.Count;
        var order = EpochOrder.Shuffle(_data.Train.Batches.Count, _plan.Seed, _state.Epoch).AsMemory(0, used);
        // Dropout depends on the step alone, so that a resumed run needs no generator state.
        foreach (var batch in _data.Train.Batches.Read(order[Math.Min(used, _state.Iteration * _plan.BatchSize)..], _plan.BatchSize))
        {
            if (_checkpointer?.IsDue == true) Save(before + clock.Elapsed.TotalSeconds);
            StopIf(before + clock.Elapsed.TotalSeconds, cancel);
            manual_seed(unchecked(_plan.Seed * 1_000_003L + _state.Steps));
            Step(batch);
            _state.Iteration++;
            _state.Steps++;
            if (_state.Iteration % LossEvery == 0 || _state.Iteration == _plan.IterationsPerEpoch) ReadLoss(progress);
            if (_state.Diverged is not null) return;
        }
    }

    private void Step(Batches.Batch batch)
    {
        using var scope = NewDisposeScope();
        SetRate(_encoder, _plan.EncoderRate, _plan.Method.Encoder);
        SetRate(_classifier, _plan.ClassifierRate, _plan.Method.Classifier);
        foreach (var optimizer in Optimizers()) optimizer.ZeroGradients();
        var loss = _objective.Loss(_learner.Logits(batch.Input), batch.Labels);
        loss.backward();
        foreach (var optimizer in Optimizers()) optimizer.Step();
        _lossSum.add_(loss.detach());
    }

    private void SetRate(FlatAdam? optimizer, double? rate, OptimizerRule? rule)
    {
        if (optimizer is not null) optimizer.LearningRate = rate!.Value * rule!.Schedule.Factor(_state.Steps, _state.Epoch);
    }

    private void ReadLoss(IProgress<TrainingProgress>? progress)
    {
        _state.LossSum = _lossSum.ToDouble();
        if (!double.IsFinite(_state.LossSum))
            Diverge($"the training loss is {_state.LossSum}");
        Report(progress, _state.LossSum / _state.Iteration);
    }

    private void Diverge(FormattableString what)
    {
        string place = FormattableString.Invariant($"{FormattableString.Invariant(what)} at epoch {_state.Epoch + 1}, iteration {_state.Iteration}");
        if (_state.BestEpoch < 0) throw new MedBenchException(place, "lower the learning rate, or check the weights that the encoder started from");
        _state.Diverged = $"{place}: the run ended there, and the best weights before were tested";
        _warnings = Warnings(_plan.Epochs);
    }

    private IReadOnlyList<string> Warnings(int epochs)
    {
        var warnings = Diagnosis.Of(_plan, _objective, _state.History, epochs);
        return _state.Diverged is { } diverged ? [diverged, .. warnings] : warnings;
    }

    private void EvaluateEpoch(double seconds, CancellationToken cancel)
    {
        var (probabilities, loss) = _tester.Outputs(_data.Validation, () => StopIf(seconds, cancel));
        // The last step of an epoch can spoil the weights after the last finite training loss.
        if (!double.IsFinite(loss) || !probabilities.All(float.IsFinite))
        {
            Diverge($"the validation predictions are not finite");
            return;
        }
        var prediction = _tester.Scored(_data.Validation, probabilities, loss);
        _state.History.Add(new EpochRecord(_state.Epoch, _state.LossSum / _plan.IterationsPerEpoch, prediction.Loss, prediction.Scores.Accuracy, prediction.Scores.Auc));
        _warnings = Warnings(_plan.Epochs);
        double metric = _plan.Method.Selection!.Metric switch
        {
            SelectionMetric.Accuracy => prediction.Scores.Accuracy,
            SelectionMetric.Loss => -prediction.Loss,
            _ => prediction.Scores.Auc ?? throw new MedBenchException($"the validation AUC is undefined: {prediction.Scores.AucUndefined}", "use a validation split that holds every class"),
        };
        if (metric > _state.BestMetric)
        {
            (_state.BestMetric, _state.BestEpoch, _state.WithoutImprovement) = (metric, _state.Epoch, 0);
            Copy(_learner.State, _best);
            return;
        }
        _state.WithoutImprovement++;
        _state.Stopped = _state.WithoutImprovement == _plan.Method.Patience;
    }

    private void StopIf(double seconds, CancellationToken cancel)
    {
        if (!cancel.IsCancellationRequested) return;
        Save(seconds);
        throw new StoppedTraining(_checkpointer?.Path, cancel);
    }

    private void Save(double seconds)
    {
        _state.LossSum = _lossSum.ToDouble();
        _state.Seconds = seconds;
        _checkpointer?.Save(_state);
    }

    private void Report(IProgress<TrainingProgress>? progress, double loss) => progress?.Report(new TrainingProgress(
        _state.Epoch, _plan.Epochs, _state.Steps, (long)_plan.Epochs * _plan.IterationsPerEpoch, loss, _state.History.LastOrDefault(), _warnings));

    private IEnumerable<FlatAdam> Optimizers()
    {
        if (_encoder is not null) yield return _encoder;
        if (_classifier is not null) yield return _classifier;
    }

    private List<(string Name, Tensor Tensor)> Tensors() =>
    [
        .. _learner.State.Select(s => ($"model.{s.Name}", s.Tensor)),
        .. _best.Select(s => ($"best.{s.Name}", s.Tensor)),
        .. _encoder?.State.Select(s => ($"encoder.{s.Name}", s.Tensor)) ?? [],
        .. _classifier?.State.Select(s => ($"classifier.{s.Name}", s.Tensor)) ?? [],
    ];
}
