namespace MedBench.Training.Recipes;

/// <summary>The optimisers that the papers use.</summary>
public enum OptimizerAlgorithm
{
    /// <summary>Adam: weight decay as an L2 term of the gradient.</summary>
    Adam,

    /// <summary>AdamW: decoupled weight decay.</summary>
    AdamW,
}
