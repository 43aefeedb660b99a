using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>What a trainer trains: a function to logits and the tensors that training changes.</summary>
public abstract class Learner
{
    /// <summary>Parameters of the encoder that are trained; empty if it is frozen.</summary>
    public abstract IReadOnlyList<Parameter> Encoder { get; }

    /// <summary>Parameters of the classifier that are trained.</summary>
    public abstract IReadOnlyList<Parameter> Classifier { get; }

    /// <summary>Every tensor that training may change, by its state-dict name: what the best epoch and a checkpoint keep.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Logits of a batch.</summary>
    public abstract Tensor Logits(Tensor input);

    /// <summary>Switches to training mode.</summary>
    public abstract void Train();

    /// <summary>Switches to evaluation mode.</summary>
    public abstract void Eval();
}
