namespace MedBench.Models.Weights.Pickles;

/// <summary>What stands for an allowed Python function or class: this project's own code, which makes plain values.</summary>
/// <param name="Name">In Python.</param>
/// <param name="Make">The value for the arguments, or null where they do not fit.</param>
internal sealed record Constructor(string Name, Func<object?[], object?> Make);
