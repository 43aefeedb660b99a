using MedBench.Data.Datasets;
using MedBench.Training.Metrics;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>What a dataset's task asks of the classifier: outputs, loss and probabilities.</summary>
public sealed class Objective
{
    private readonly bool _sigmoid;

    /// <summary>Takes the task from <paramref name="card"/>.</summary>
    /// <param name="card">The dataset.</param>
    /// <param name="binaryOutputs">Outputs for a two-class dataset: 1 (sigmoid and BCE) or 2 (softmax and cross-entropy).</param>
    public Objective(DatasetCard card, int binaryOutputs)
    {
        Task = MetricTasks.Of(card.Task);
        Outputs = Task == MetricTask.Binary ? binaryOutputs : card.Labels.Count;
        _sigmoid = Task == MetricTask.MultiLabel || Outputs == 1;
    }

    /// <summary>How the dataset is scored.</summary>
    public MetricTask Task { get; }

    /// <summary>Outputs of the classifier.</summary>
    public int Outputs { get; }

    /// <summary>Loss of a model that gives every answer the same probability: ln 2, or the logarithm of the number of classes.</summary>
    public double UniformLoss => Math.Log(_sigmoid ? 2 : Outputs);

    /// <summary>All labels of <paramref name="split"/> in the form that <see cref="Loss"/> takes: int64 (N) for cross-entropy, float32 (N, <see cref="Outputs"/>) for BCE.</summary>
    public Tensor Labels(ImageSplit split)
    {
        var labels = LabelBytes(split);
        return _sigmoid
            ? tensor(Array.ConvertAll(labels, b => (float)b)).reshape(split.Count, split.LabelWidth)
            : tensor(Array.ConvertAll(labels, b => (long)b));
    }

    /// <summary>All labels of <paramref name="split"/>, row by row.</summary>
    public static byte[] LabelBytes(ImageSplit split)
    {
        var labels = new byte[split.Count * split.LabelWidth];
        for (int i = 0; i < split.Count; i++) split.Label(i).CopyTo(labels.AsSpan(i * split.LabelWidth));
        return labels;
    }

    /// <summary>Mean loss of a batch, a scalar with gradient. Cross-entropy, or BCE with logits.</summary>
    public Tensor Loss(Tensor logits, Tensor labels) => _sigmoid
        ? nn.functional.binary_cross_entropy_with_logits(logits, labels)
        : nn.functional.cross_entropy(logits, labels);

    /// <summary>Probabilities (N, <see cref="Outputs"/>) of logits.</summary>
    public Tensor Probabilities(Tensor logits) => _sigmoid ? logits.sigmoid() : logits.softmax(1);
}
