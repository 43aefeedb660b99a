using MedBench.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>What a learner says of a split, with its weights as they are.</summary>
/// <param name="learner">The function to logits.</param>
/// <param name="objective">Probabilities and loss.</param>
/// <param name="batchSize">Images at a time: the last bits of a network's outputs may depend on it.</param>
public sealed class Tester(Learner learner, Objective objective, int batchSize)
{
    /// <summary>Probabilities, loss and scores of a split.</summary>
    public Prediction Predict(LabelledBatches split)
    {
        var (probabilities, loss) = Outputs(split);
        return Scored(split, probabilities, loss);
    }

    internal (float[] Probabilities, double Loss) Outputs(LabelledBatches split, Action? beforeEach = null)
    {
        learner.Eval();
        using var _ = no_grad();
        int count = split.Batches.Count, done = 0, batches = 0;
        var probabilities = new float[count * objective.Outputs];
        double loss = 0;
        foreach (var batch in split.Batches.Read(Enumerable.Range(0, count).ToArray(), batchSize))
        {
            beforeEach?.Invoke();
            using var scope = NewDisposeScope();
            var logits = learner.Logits(batch.Input);
            loss += objective.Loss(logits, batch.Labels).ToSingle();
            var rows = objective.Probabilities(logits).cpu().contiguous();
            rows.data<float>().CopyTo(probabilities.AsSpan(done * objective.Outputs));
            done += (int)rows.shape[0];
            batches++;
        }
        return (probabilities, loss / batches);
    }

    internal Prediction Scored(LabelledBatches split, float[] probabilities, double loss) => new(
        probabilities, objective.Outputs, loss,
        Evaluator.Evaluate<byte, float>(objective.Task, split.Labels, probabilities, split.Batches.Count, objective.Outputs));
}
