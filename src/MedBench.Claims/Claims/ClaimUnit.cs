namespace MedBench.Claims.Claims;

/// <summary>One pair, row or sweep of a claim about an order; of a table, one dataset.</summary>
/// <param name="Name">For example the dataset.</param>
/// <param name="Values">Mean of each group or condition, in the claim's order; null where it is not complete.</param>
public sealed record ClaimUnit(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>Whether it can go into the test.</summary>
    public bool IsComplete => Values.All(v => v is not null);

    /// <summary>First minus second group, or last minus first condition; null if incomplete.</summary>
    public double? Effect(ClaimKind kind) => !IsComplete ? null : kind == ClaimKind.Paired ? Values[0] - Values[1] : Values[^1] - Values[0];
}
