namespace MedBench.Training.Recipes;

/// <summary>Kinds of heads that can be trained on a frozen encoder.</summary>
public enum HeadKind
{
    /// <summary>One linear layer on the pre-logit features: the model's own classifier, with its family's initialisation.</summary>
    Linear,

    /// <summary>One hidden layer with GELU on the pre-logit features.</summary>
    Mlp,

    /// <summary>Learned attention over the encoder's tokens (ViT) or places (CNN), then a linear layer.</summary>
    AttentionPool,
}
