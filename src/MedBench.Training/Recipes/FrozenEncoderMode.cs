namespace MedBench.Training.Recipes;

/// <summary>Mode of an encoder whose parameters are not trained.</summary>
public enum FrozenEncoderMode
{
    /// <summary><c>model.train()</c>: BatchNorm normalises by the batch and goes on updating its running statistics, dropout drops.</summary>
    Train,

    /// <summary><c>model.eval()</c>: features depend on nothing but the image, and can be cached.</summary>
    Eval,
}
