using MedBench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>A model's classifier alone, which sees cached pre-logit features.</summary>
public sealed class ProbeLearner(ImageModel model) : Learner
{
    private readonly nn.Module<Tensor, Tensor> _classifier = (nn.Module<Tensor, Tensor>)model.GetClassifier()!;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Encoder => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Classifier { get; } = model.ClassifierParameters;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State { get; } =
        [.. model.ClassifierParameterNames.Zip(model.ClassifierParameters, (name, p) => (name, (Tensor)p))];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor input) => _classifier.forward(input);

    /// <inheritdoc/>
    public override void Train() => _classifier.train();

    /// <inheritdoc/>
    public override void Eval() => _classifier.eval();
}
