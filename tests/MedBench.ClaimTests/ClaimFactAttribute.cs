namespace MedBench.ClaimTests;

/// <summary>A fact that may say at run time why it cannot decide.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClaimFactAttribute : SkippableFactAttribute;
