using MedBench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

/// <summary>A convolution, optionally with BatchNorm and dropout behind it, global pooling and a linear classifier.</summary>
internal sealed class TinyModel : ImageModel
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d? _norm;
    private readonly Dropout? _dropout;
    private Linear? _head;
    private long _steps;

    public TinyModel(int numClasses, bool batchNorm = false, double dropout = 0)
    {
        _conv = Add("conv", nn.Conv2d(3, NumFeatures, 3, stride: 2));
        if (batchNorm) _norm = Add("bn", nn.BatchNorm2d(NumFeatures));
        if (dropout > 0) _dropout = Add("drop", nn.Dropout(dropout));
        ResetClassifier(numClasses);
    }

    public override int NumFeatures => 6;

    public override int NumClasses => (int)(_head?.out_features ?? 0);

    public override string ClassifierName => "head";

    /// <summary>Told the number of each training pass, from 0 on, before it is made.</summary>
    public Action<long>? Step { get; set; }

    /// <summary>Told the number of images of each training pass.</summary>
    public Action<long>? Batch { get; set; }

    public Tensor? RunningMean => _norm?.running_mean;

    public override Tensor ForwardFeatures(Tensor x)
    {
        if (is_grad_enabled())
        {
            Step?.Invoke(_steps++);
            Batch?.Invoke(x.shape[0]);
        }
        x = _conv.forward(x);
        if (_norm is not null) x = _norm.forward(x);
        return _dropout is null ? x.relu() : _dropout.forward(x.relu());
    }

    public override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        var pooled = features.mean([2, 3]);
        return preLogits || _head is null ? pooled : _head.forward(pooled);
    }

    public override void ResetClassifier(int numClasses) => _head = Replace("head", numClasses > 0 ? nn.Linear(NumFeatures, numClasses) : null);
}
