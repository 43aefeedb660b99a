using System.Diagnostics;
using System.Globalization;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Runs.Cells;
using MedBench.Runs.Progress;
using MedBench.Runs.Store;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Metrics;
using MedBench.Training.Runs;

namespace MedBench.Runs.Execution;

/// <summary>Runs through the store: a result that is there is returned, any other is computed once, kept whole, and resumed if it was killed.</summary>
/// <param name="store">Where results are.</param>
/// <param name="features">Where features are.</param>
/// <param name="keepWeights">Whether the tested weights go into the store, too.</param>
public sealed class CellRunner(ResultsStore store, FeatureStore features, bool keepWeights = false)
{
    /// <summary>The stored result, or a new one.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancel">Stops soon; progress is kept in a checkpoint.</param>
    public RunResult Run(RunRequest request, IProgress<RunStage>? progress = null, CancellationToken cancel = default) =>
        Tidy(request, spec => store.GetOrRun(spec, () => Compute(request, spec, progress, cancel), cancel))!;

    /// <summary>As <see cref="Run"/>, but null at once while another process computes it.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="cancel">Stops soon; progress is kept in a checkpoint.</param>
    public RunResult? TryRun(RunRequest request, IProgress<RunStage>? progress = null, CancellationToken cancel = default) =>
        Tidy(request, spec => store.TryGetOrRun(spec, () => Compute(request, spec, progress, cancel)));

    private RunResult? Tidy(RunRequest request, Func<RunSpec, RunResult?> run)
    {
        var spec = RunSpec.Of(request);
        var result = run(spec);
        string checkpoint = store.CheckpointOf(spec);
        if (result is not null && File.Exists(checkpoint)) File.Delete(checkpoint);
        if (result is not null && Keeps(request) && !File.Exists(store.WeightsOf(spec)))
            throw new MedBenchException($"{store.PathOf(spec)} was computed without --keep-weights, and its weights are gone", "run it again into another store with --results FOLDER, or leave --keep-weights out");
        return result;
    }

    private RunOutput Compute(RunRequest request, RunSpec spec, IProgress<RunStage>? progress, CancellationToken cancel)
    {
        using var beacon = new RunBeacon(store.Folder, spec, progress);
        string? weights = Keeps(request) ? store.WaitingWeightsOf(spec) : null;
        return Output(request, spec, new MethodRunner(request, features).Run(store.CheckpointOf(spec), beacon, weights, cancel)) with { Weights = weights };
    }

    // k-NN trains none: its network is the checkpoint.
    private bool Keeps(RunRequest request) => keepWeights && request.Configuration.Rule.Neighbours is null;

    private static RunOutput Output(RunRequest request, RunSpec spec, RunOutcome outcome)
    {
        byte[] labels = Objective.LabelBytes(request.Dataset.Test);
        var predictions = new Dictionary<string, Prediction> { [RunResult.SplitOf(TestedWeights.Selected)] = outcome.Test };
        if (outcome.Training?.Last is { } last) predictions[RunResult.SplitOf(TestedWeights.LastEpoch)] = last;
        int[] wide = Array.ConvertAll(labels, l => (int)l);
        Predictions[] stored = [.. predictions.Select(p => new Predictions(p.Key, p.Value.Probabilities, wide, request.Dataset.Test.Count, outcome.Moves))];
        var result = new RunResult(
            RunResult.CurrentSchema,
            spec.Id,
            spec,
            stored.ToDictionary(p => p.Split, p => Metrics(request, labels, predictions[p.Split]) with { Fragile = FragileAnswers.Of(p) }),
            Evaluations(outcome),
            RunEnvironment.Capture(request.Device),
            new Dictionary<string, double> { ["features"] = outcome.FeatureSeconds, ["total"] = outcome.Seconds },
            Process.GetCurrentProcess().PeakWorkingSet64,
            DateTimeOffset.UtcNow,
            Notes(request, outcome),
            RunSettings.Of(request.Configuration));
        return new RunOutput(result, stored, Log(outcome));
    }

    private static SplitResult Metrics(RunRequest request, byte[] labels, Prediction prediction)
    {
        var detail = Evaluator.Detail<byte, float>(request.Configuration.Objective.Task, labels, prediction.Probabilities, request.Dataset.Test.Count, prediction.Width);
        // The headline is the run's own: a k-NN's votes have an accuracy, but no AUC and no calibration.
        bool votes = request.Configuration.Rule.Neighbours is not null;
        return SplitResult.Of(detail) with
        {
            Auc = prediction.Scores.Auc,
            AucUndefined = prediction.Scores.AucUndefined,
            CalibrationError = votes ? null : detail.ExpectedCalibrationError,
        };
    }

    private static List<Evaluation> Evaluations(RunOutcome outcome)
    {
        if (outcome.Training is not { } training) return [];
        int perEpoch = (int)(training.Iterations / (training.LastEpoch + 1));
        return [.. training.History.Select(h => new Evaluation(h.Epoch + 1, (h.Epoch + 1) * perEpoch, "val", h.ValidationAccuracy, h.ValidationAuc, h.ValidationLoss))];
    }

    private static List<string> Notes(RunRequest request, RunOutcome outcome)
    {
        List<string> notes = [.. request.Dataset.Card.Caveats];
        if (outcome.Training is { } training) notes.Add($"tested: the weights of epoch {training.BestEpoch + 1} of {training.LastEpoch + 1}, chosen by validation {request.Configuration.Rule.Selection!.Metric.ToString().ToLowerInvariant()}");
        notes.AddRange((outcome.Training?.Warnings ?? []).Select(w => $"warning: {w}"));
        notes.AddRange(request.Weights.Notes());
        notes.AddRange(request.Effective.Notes(request.Device));
        if (request.Weights == InitialWeights.Formula) notes.Add("formula weights: checks the arithmetic, is no evidence for a published number");
        return notes;
    }

    private static string Log(RunOutcome outcome)
    {
        var text = new StringBuilder();
        foreach (var h in outcome.Training?.History ?? [])
            text.AppendLine(CultureInfo.InvariantCulture, $"epoch {h.Epoch + 1}: train loss {h.TrainLoss:F6}, validation loss {h.ValidationLoss:F6}, ACC {h.ValidationAccuracy:F4}, AUC {h.ValidationAuc:F4}");
        return text.ToString();
    }
}
