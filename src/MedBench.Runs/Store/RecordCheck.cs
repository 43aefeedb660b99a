using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Training.Metrics;

namespace MedBench.Runs.Store;

/// <summary>Whether the scores in a run's record are those of the predictions beside it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcome">What came out.</param>
/// <param name="Details">What differs, or why nothing could be checked; empty if all is well.</param>
public sealed record RecordCheck(StoredRun Run, RecordOutcome Outcome, IReadOnlyList<string> Details)
{
    // Recomputed by another version, a mean over classes may be summed in another order.
    private const double Slack = 1e-12;

    /// <summary>Scores the predictions anew.</summary>
    public static RecordCheck Of(StoredRun run)
    {
        var result = run.Result;
        if (run.PredictionsPath is not { } path)
            return new RecordCheck(run, RecordOutcome.Unverified, ["no predictions beside it"]);
        if (result.Dataset is not { } card)
            return new RecordCheck(run, RecordOutcome.Unverified, [$"this version does not know the dataset {result.Spec.Dataset}"]);
        IReadOnlyList<Predictions> predictions;
        try
        {
            predictions = PredictionsFile.Read(path);
        }
        catch (MedBenchException e)
        {
            return new RecordCheck(run, RecordOutcome.Differs, [e.Message]);
        }
        List<string> differences = [.. predictions.SelectMany(p => Differences(result, p, card)), .. result.Metrics.Keys.Except(predictions.Select(p => p.Split)).Select(split => $"{split}: scores without predictions")];
        return new RecordCheck(run, differences.Count == 0 ? RecordOutcome.Verified : RecordOutcome.Differs, differences);
    }

    /// <summary>Checks every run, and refuses the first whose scores are not those of its predictions: nothing is to be concluded from it.</summary>
    /// <exception cref="MedBenchException">A record's scores are others than its predictions give.</exception>
    public static IEnumerable<StoredRun> Verified(IEnumerable<StoredRun> runs)
    {
        foreach (var run in runs)
        {
            if (run.PredictionsPath is not null && Of(run) is { Outcome: RecordOutcome.Differs } check)
                throw new MedBenchException($"{run.RecordPath}: {check.Details[0]}", "the record or its predictions were changed by hand or damaged: take the run from where it was made, or run it again into another store (`medbench verify STORE` checks all of them)");
            yield return run;
        }
    }

    private static IEnumerable<string> Differences(RunResult result, Predictions p, DatasetCard card)
    {
        if (!result.Metrics.TryGetValue(p.Split, out var stored))
        {
            yield return $"{p.Split}: predictions without scores";
            yield break;
        }
        var task = MetricTasks.Of(card.Task);
        int classes = card.Labels.Count;
        if (p.LabelWidth != card.LabelWidth || (p.Width != classes && !(task == MetricTask.Binary && p.Width == 1)))
        {
            yield return $"{p.Split}: predictions of {p.Width} scores and {p.LabelWidth} labels an image are not of {card.Name}";
            yield break;
        }
        Scores scores;
        string? damage = null;
        try
        {
            scores = Evaluator.Evaluate<int, float>(task, p.Labels, p.Scores, p.Count, p.Width);
        }
        catch (MedBenchException e)
        {
            (scores, damage) = (new Scores(0, null), e.Message);
        }
        if (damage is not null)
        {
            yield return $"{p.Split}: {damage}";
            yield break;
        }
        if (Math.Abs(scores.Accuracy - stored.Acc) > Slack)
            yield return $"{p.Split}: the record says ACC {100 * stored.Acc:0.00} %, its predictions give {100 * scores.Accuracy:0.00} %";
        // A k-NN's votes have no AUC in its record.
        if (stored.Auc is { } auc && !(scores.Auc is { } computed && Math.Abs(computed - auc) <= Slack))
            yield return $"{p.Split}: the record says AUC {100 * auc:0.00} %, its predictions give {(scores.Auc is { } other ? $"{100 * other:0.00} %" : "none")}";
        if (stored.Fragile is { } fragile && !(FragileAnswers.Of(p) is { } own && own.Answers == fragile.Answers && own.Right.SequenceEqual(fragile.Right) && own.Wrong.SequenceEqual(fragile.Wrong)))
            yield return $"{p.Split}: the record's fragile answers are not those of its predictions";
        if (stored.Confusion is { } confusion && Evaluator.Detail<int, float>(task, p.Labels, p.Scores, p.Count, p.Width).Confusion is { } counted && !(confusion.Count == counted.Count && confusion.Zip(counted).All(rows => rows.First.SequenceEqual(rows.Second))))
            yield return $"{p.Split}: the record's confusion matrix is not that of its predictions";
    }
}

/// <summary>Outcome of <see cref="RecordCheck"/>.</summary>
public enum RecordOutcome
{
    /// <summary>Every score is that of its predictions.</summary>
    Verified,

    /// <summary>A score is not.</summary>
    Differs,

    /// <summary>There is nothing to check it by.</summary>
    Unverified,
}
