using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// A CNN in timm's usual form: modules in a row, then global average pooling and one linear classifier.
/// (timm's head dropout is 0 by default in all of them, so there is none.)
/// </summary>
public abstract class PooledConvNet : ImageModel
{
    private readonly Module<Tensor, Tensor>[] _body;
    private Linear? _classifier;

    /// <summary>Registers the encoder; the derived class initialises it and then calls <see cref="ResetClassifier"/>.</summary>
    /// <param name="numFeatures">Channels of the last module's output.</param>
    /// <param name="classifierName">State-dict name of the classifier.</param>
    /// <param name="body">The encoder, by state-dict name and in order.</param>
    protected PooledConvNet(int numFeatures, string classifierName, IEnumerable<(string Name, Module<Tensor, Tensor> Module)> body)
    {
        NumFeatures = numFeatures;
        ClassifierName = classifierName;
        _body = [.. body.Select(part => Add(part.Name, part.Module))];
    }

    /// <inheritdoc/>
    public sealed override int NumFeatures { get; }

    /// <inheritdoc/>
    public sealed override int NumClasses => (int)(_classifier?.out_features ?? 0);

    /// <inheritdoc/>
    public sealed override string ClassifierName { get; }

    /// <inheritdoc/>
    public sealed override Tensor ForwardFeatures(Tensor x)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Chain.Run(_body, Memory.ChannelsLast(x)));
    }

    /// <inheritdoc/>
    public sealed override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = features.mean([2, 3]);
        return scope.MoveToOuter(preLogits || _classifier is null ? pooled : _classifier.call(pooled));
    }

    /// <inheritdoc/>
    public sealed override void ResetClassifier(int numClasses)
    {
        using var _ = no_grad();
        Linear? classifier = null;
        if (numClasses > 0)
        {
            classifier = Linear(NumFeatures, numClasses);
            InitialiseClassifier(classifier);
        }
        _classifier = Replace(ClassifierName, classifier);
    }

    /// <summary>Changes a classifier that has torch's default initialisation to the family's own; called without gradients.</summary>
    protected virtual void InitialiseClassifier(Linear classifier)
    {
    }
}
