using MedBench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>A head alone, which sees cached features.</summary>
/// <param name="head">Trained.</param>
/// <param name="name">Its state-dict prefix.</param>
public sealed class ProbeLearner(nn.Module<Tensor, Tensor> head, string name) : Learner
{
    /// <summary>The classifier of <paramref name="model"/>, which sees pre-logit features.</summary>
    public ProbeLearner(ImageModel model)
        : this((nn.Module<Tensor, Tensor>)model.GetClassifier()!, model.ClassifierName)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Encoder => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Classifier { get; } = [.. head.parameters()];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State { get; } =
        [.. head.named_parameters().Select(p => ($"{name}.{p.name}", (Tensor)p.parameter))];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor input) => head.call(input);

    /// <inheritdoc/>
    public override void Train() => head.train();

    /// <inheritdoc/>
    public override void Eval() => head.eval();
}
