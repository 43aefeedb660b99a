using MedBench.Core.Text;

namespace MedBench;

/// <summary>What tests may cost: <c>MEDBENCH_MAX_COST</c>.</summary>
internal static class MaxCost
{
    /// <summary>Seconds that what a test project trains may take in all; null for no bound.</summary>
    public static double? Seconds { get; } = Environment.GetEnvironmentVariable("MEDBENCH_MAX_COST") is { Length: > 0 } text ? Durations.Parse("MEDBENCH_MAX_COST", text).TotalSeconds : null;
}
