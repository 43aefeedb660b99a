using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Training.Engine;

/// <summary>How often a run in progress is saved: killing it loses at most this much work.</summary>
public static class CheckpointInterval
{
    /// <summary>Environment variable with the seconds between two checkpoints, 0 for one after every iteration.</summary>
    public const string Variable = "MEDBENCH_CHECKPOINT_SECONDS";

    /// <summary>Default: one minute.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What <see cref="Variable"/> says, else <see cref="Default"/>.</summary>
    /// <exception cref="MedBenchException">It is no number of seconds from 0 to 86400.</exception>
    public static TimeSpan FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    internal static TimeSpan Parse(string? text)
    {
        return string.IsNullOrWhiteSpace(text) ? Default : TimeSpan.FromSeconds(Numbers.Decimal($"{Variable}=", text.Trim(), Limits.CheckpointSeconds));
    }
}
