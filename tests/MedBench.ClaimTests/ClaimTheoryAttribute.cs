namespace MedBench.ClaimTests;

/// <summary>A theory that may say at run time why it cannot decide. The only place, with its sister, that knows the package behind it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClaimTheoryAttribute : SkippableTheoryAttribute;
