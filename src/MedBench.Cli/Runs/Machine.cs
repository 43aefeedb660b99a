using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Cli.Runs;

/// <summary>What others than this program read from the environment, and believe whatever it is.</summary>
internal static class Machine
{
    // Read by libtorch's OpenMP and MKL as soon as they are loaded.
    private static readonly string[] s_threads = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"];

    /// <summary>Refuses numbers of threads that would take the machine down.</summary>
    /// <exception cref="Core.Errors.MedBenchException">Says which variable.</exception>
    public static void Check()
    {
        foreach (string name in s_threads)
        {
            // OpenMP takes a list, one number for each level of nesting.
            foreach (string part in UserPath.Variable(name)?.Split(',', StringSplitOptions.TrimEntries) ?? [])
                Numbers.Integer($"{name}=", part, Limits.Threads);
        }
    }
}
