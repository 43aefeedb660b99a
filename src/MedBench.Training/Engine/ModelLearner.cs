using MedBench.Models;
using MedBench.Models.StateDicts;
using MedBench.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>A whole model that sees images.</summary>
public sealed class ModelLearner : Learner
{
    private readonly ImageModel _model;
    private readonly bool _trainMode;

    /// <summary>Prepares <paramref name="model"/> for <paramref name="method"/>: what the method does not train is frozen.</summary>
    public ModelLearner(ImageModel model, MethodRule method)
    {
        _model = model;
        _trainMode = method.Encoder is not null || method.FrozenEncoder == FrozenEncoderMode.Train;
        Encoder = method.Encoder is null ? [] : model.EncoderParameters;
        Classifier = method.Classifier is null ? [] : model.ClassifierParameters;
        model.SetEncoderTrainable(method.Encoder is not null);
        foreach (var parameter in model.ClassifierParameters) parameter.requires_grad = method.Classifier is not null;
        bool encoderChanges = method.Encoder is not null || (_trainMode && model.HasBatchDependentFeatures);
        State = encoderChanges ? StateDict.Of(model) : [.. model.ClassifierParameterNames.Zip(model.ClassifierParameters, (name, p) => (name, (Tensor)p))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Encoder { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Classifier { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor input) => _model.forward(input);

    /// <inheritdoc/>
    public override void Train() => _model.train(_trainMode);

    /// <inheritdoc/>
    public override void Eval() => _model.eval();
}
