using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Models;

/// <summary>
/// An image classifier with timm's method set: an encoder (<see cref="ForwardFeatures"/>) and a head
/// (<see cref="ForwardHead"/>) that ends in the classifier. Input is float32 NCHW, already normalised.
/// </summary>
public abstract class ImageModel : Block
{
    /// <summary>Width of the pre-logit features.</summary>
    public abstract int NumFeatures { get; }

    /// <summary>Outputs of the classifier; 0 means none, and <see cref="ForwardHead"/> then returns the pre-logit features.</summary>
    public abstract int NumClasses { get; }

    /// <summary>State-dict name of the classifier, as timm's <c>default_cfg["classifier"]</c>, for example <c>fc</c> or <c>head.fc</c>.</summary>
    public abstract string ClassifierName { get; }

    /// <summary>The encoder's output before pooling: NCHW for a CNN, (N, tokens, width) for a ViT.</summary>
    public abstract Tensor ForwardFeatures(Tensor x);

    /// <summary>Pooling and classifier. With <paramref name="preLogits"/>, the pooled features (N, <see cref="NumFeatures"/>) instead of logits.</summary>
    public abstract Tensor ForwardHead(Tensor features, bool preLogits = false);

    /// <summary>Replaces the classifier by a new one with the family's own initialisation (timm's <c>reset_classifier</c>).</summary>
    /// <param name="numClasses">Outputs of the new classifier; 0 for none.</param>
    public abstract void ResetClassifier(int numClasses);

    /// <summary>Logits (N, <see cref="NumClasses"/>).</summary>
    public override Tensor forward(Tensor x)
    {
        using var features = ForwardFeatures(x);
        return ForwardHead(features);
    }

    /// <summary>Full names of the classifier's parameters: what linear probing trains.</summary>
    public IReadOnlyList<string> ClassifierParameterNames =>
        [.. named_parameters().Select(p => p.name).Where(name => name.StartsWith(ClassifierName + ".", StringComparison.Ordinal))];
}
