using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Cli.Runs;

/// <summary>Which shard of a plan this process runs, from 1.</summary>
internal static class ShardNumber
{
    // The variable of each engine, and what its first index lacks to 1.
    private static readonly (string Name, int Add)[] s_variables = [("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 1)];

    /// <summary>The option, or what Slurm or Kubernetes say.</summary>
    /// <param name="option">Value of <c>--shard</c>; null where it was not given.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MedBenchException">Nothing says it.</exception>
    public static int Of(int? option, Func<string, string?> variable)
    {
        if (option is { } number) return number;
        foreach (var (name, add) in s_variables)
        {
            if (variable(name)?.Trim() is { Length: > 0 } text) return Numbers.Integer($"{name}=", text, Limits.Shards with { Least = 1 - add }) + add;
        }
        throw new MedBenchException("--plan without --shard, and neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set", "give --shard K, from 1");
    }
}
