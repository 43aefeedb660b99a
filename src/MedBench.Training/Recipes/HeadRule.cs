namespace MedBench.Training.Recipes;

/// <summary>The head that a method trains on a frozen encoder.</summary>
public sealed record HeadRule
{
    /// <summary>Which head.</summary>
    public required HeadKind Kind { get; init; }

    /// <summary>Width of an MLP's hidden layer; at least 1.</summary>
    public int? Hidden { get; init; }

    /// <summary>Attention heads of an attention pool; must divide the width of the encoder's tokens.</summary>
    public int? AttentionHeads { get; init; }

    /// <summary>What is wrong with the rule, or null.</summary>
    internal string? Problem => Kind switch
    {
        HeadKind.Mlp when Hidden is not > 0 => "an mlp needs hidden, the width of its hidden layer",
        HeadKind.AttentionPool when AttentionHeads is not > 0 => "an attention-pool needs attention-heads",
        not HeadKind.Mlp when Hidden is not null => "hidden is of mlp heads only",
        not HeadKind.AttentionPool when AttentionHeads is not null => "attention-heads is of attention-pool heads only",
        _ => null,
    };
}
