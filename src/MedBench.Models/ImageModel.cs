using MedBench.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Models;

/// <summary>
/// An image classifier with timm's method set: an encoder (<see cref="ForwardFeatures"/>) and a head
/// (<see cref="ForwardHead"/>) that ends in the classifier. Input is float32 NCHW, already normalised.
/// </summary>
public abstract class ImageModel : Block
{
    /// <summary>Channels of the encoder's output (timm's <c>num_features</c>).</summary>
    public abstract int NumFeatures { get; }

    /// <summary>Width of the pre-logit features (timm's <c>head_hidden_size</c>); differs from <see cref="NumFeatures"/> for VGG.</summary>
    public virtual int HeadHiddenSize => NumFeatures;

    /// <summary>Outputs of the classifier; 0 means none, and <see cref="ForwardHead"/> then returns the pre-logit features.</summary>
    public abstract int NumClasses { get; }

    /// <summary>State-dict name of the classifier, as timm's <c>default_cfg["classifier"]</c>, for example <c>fc</c> or <c>head.fc</c>.</summary>
    public abstract string ClassifierName { get; }

    /// <summary>The encoder's output before pooling: NCHW for a CNN, (N, tokens, width) for a ViT.</summary>
    public abstract Tensor ForwardFeatures(Tensor x);

    /// <summary>Pooling and classifier. With <paramref name="preLogits"/>, the pooled features (N, <see cref="HeadHiddenSize"/>) instead of logits.</summary>
    public abstract Tensor ForwardHead(Tensor features, bool preLogits = false);

    /// <summary>Replaces the classifier by a new one with the family's own initialisation (timm's <c>reset_classifier</c>).</summary>
    /// <param name="numClasses">Outputs of the new classifier; 0 for none.</param>
    public abstract void ResetClassifier(int numClasses);

    /// <summary>
    /// A checkpoint's tensor made to fit this model where the shapes differ and the family knows how, such as position
    /// embeddings of another input size; what a loader asks before it reports a mismatch.
    /// </summary>
    /// <param name="name">State-dict name.</param>
    /// <param name="stored">The checkpoint's tensor; it is left as it is.</param>
    /// <param name="expectedShape">Shape of this model's tensor of that name.</param>
    /// <returns>A new tensor of the expected shape, or null where the tensor cannot be adapted.</returns>
    public virtual Tensor? AdaptCheckpointTensor(string name, Tensor stored, long[] expectedShape) => null;

    /// <summary>Whether <see cref="UseBFloat16"/> was called.</summary>
    public bool UsesBFloat16 { get; private set; }

    /// <summary>
    /// Makes the layers compute in bfloat16. Input, logits and features stay float32; so do BatchNorm with its running
    /// statistics, which would stand still in 8 bits, and rotary tables (<see cref="Block.AddTable"/>), as under PyTorch's autocast.
    /// </summary>
    /// <param name="exceptClassifier">Leaves the classifier as it is: for training it alone on features, which are float32.</param>
    public void UseBFloat16(bool exceptClassifier = false)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var exact = modules().Where(m => m is BatchNorm || (exceptClassifier && m == GetClassifier())).Select(m => (Module: m, Values: Tensors(m).Select(t => t.clone()).ToList())).ToList();
        this.to(ScalarType.BFloat16);
        foreach (var (module, values) in exact)
            foreach (var (tensor, value) in Tensors(module.to(ScalarType.Float32)).Zip(values)) tensor.copy_(value);
        UsesBFloat16 = true;

        static IEnumerable<Tensor> Tensors(nn.Module module) => [.. module.parameters(), .. module.buffers()];
    }

    /// <summary>Logits (N, <see cref="NumClasses"/>).</summary>
    protected sealed override Tensor Compute(Tensor x) => Exit(ForwardHead(ForwardFeatures(Enter(x))));

    /// <summary>Pooled features (N, <see cref="HeadHiddenSize"/>) of normalised images <paramref name="x"/> (N, 3, H, W): what k-NN and linear probing see.</summary>
    public Tensor PreLogits(Tensor x)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Exit(ForwardHead(ForwardFeatures(Enter(x)), preLogits: true)));
    }

    /// <summary>
    /// The encoder's output as tokens (N, T, <see cref="NumFeatures"/>) of normalised images <paramref name="x"/> (N, 3, H, W):
    /// those of a ViT, or the places of a CNN's last map row by row. What attention pooling sees.
    /// </summary>
    public Tensor Tokens(Tensor x)
    {
        using var scope = NewDisposeScope();
        var features = Exit(ForwardFeatures(Enter(x)));
        return scope.MoveToOuter(features.dim() == 4 ? features.flatten(2).transpose(1, 2).contiguous() : features);
    }

    /// <summary>The classifier module, or null with <see cref="NumClasses"/> 0 (timm's <c>get_classifier</c>).</summary>
    public nn.Module? GetClassifier() => named_modules().Where(m => m.name == ClassifierName).Select(m => m.module).FirstOrDefault();

    /// <summary>Full names of the classifier's parameters: what linear probing trains.</summary>
    public IReadOnlyList<string> ClassifierParameterNames => [.. named_parameters().Select(p => p.name).Where(IsOfClassifier)];

    /// <summary>The classifier's parameters: what linear probing trains.</summary>
    public IReadOnlyList<Parameter> ClassifierParameters => [.. named_parameters().Where(p => IsOfClassifier(p.name)).Select(p => p.parameter)];

    /// <summary>Every parameter but the classifier's.</summary>
    public IReadOnlyList<Parameter> EncoderParameters => [.. named_parameters().Where(p => !IsOfClassifier(p.name)).Select(p => p.parameter)];

    /// <summary>Freezes or thaws the encoder; the classifier always stays trainable.</summary>
    public void SetEncoderTrainable(bool trainable)
    {
        foreach (var parameter in EncoderParameters) parameter.requires_grad = trainable;
    }

    /// <summary>
    /// Whether features in training mode depend on the rest of the batch or on chance (BatchNorm, dropout):
    /// if so, a linear probe that keeps <c>model.train()</c> cannot be run on cached features.
    /// </summary>
    public bool HasBatchDependentFeatures => modules().Any(m => m is BatchNorm or Dropout { p: > 0 });

    private Tensor Enter(Tensor x) => UsesBFloat16 ? x.to(ScalarType.BFloat16) : x;

    private Tensor Exit(Tensor x) => UsesBFloat16 ? x.to(ScalarType.Float32) : x;

    private bool IsOfClassifier(string parameter) => parameter.StartsWith(ClassifierName + ".", StringComparison.Ordinal);
}
