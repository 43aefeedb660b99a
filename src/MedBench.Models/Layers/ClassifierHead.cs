using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>A head module of its own (VGG's <c>head</c>, AlexNet's <c>classifier</c>): hidden layers, then a classifier that can be replaced.</summary>
internal sealed class ClassifierHead : Block
{
    private readonly string _key;
    private readonly Module<Tensor, Tensor>[] _hidden;
    private Linear? _classifier;

    /// <summary>Makes the head without a classifier.</summary>
    /// <param name="key">The classifier's key inside the head.</param>
    /// <param name="hidden">What comes before the classifier, by key.</param>
    public ClassifierHead(string key, params (string Key, Module<Tensor, Tensor> Layer)[] hidden)
    {
        _key = key;
        _hidden = [.. hidden.Select(h => Add(h.Key, h.Layer))];
    }

    /// <summary>Outputs of the classifier, 0 without one.</summary>
    public int Outputs => (int)(_classifier?.out_features ?? 0);

    /// <summary>Puts <paramref name="classifier"/> in the classifier's place.</summary>
    public void Reset(Linear? classifier) => _classifier = Replace(_key, classifier);

    /// <summary>What the classifier sees of <paramref name="x"/> (N, features).</summary>
    public Tensor PreLogits(Tensor x) => Chain.Run(_hidden, x);

    protected override Tensor Compute(Tensor x)
    {
        var hidden = PreLogits(x);
        return _classifier?.call(hidden) ?? hidden;
    }
}
