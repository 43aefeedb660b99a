namespace MedBench.Cli.Doctor;

/// <summary>One line of <c>medbench doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Health">How it is.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do about it; null if nothing.</param>
internal sealed record Check(string Name, Health Health, string Found, string? Fix = null);

/// <summary>How a checked thing is.</summary>
internal enum Health
{
    Good,
    Note,
    Bad,
}
