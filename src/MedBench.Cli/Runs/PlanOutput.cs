using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Planning;
using MedBench.Runs.Planning.Formats;

namespace MedBench.Cli.Runs;

/// <summary>A plan as files and as text.</summary>
internal static class PlanOutput
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Writes <c>plan.json</c> and the files of a format.</summary>
    public static void Write(WorkPlan plan, IPlanFormat format, string folder)
    {
        plan.Write(Path.Combine(folder, WorkPlan.FileName));
        foreach (var file in format.Files(plan))
        {
            string path = Path.Combine(folder, file.Path);
            AtomicFile.WriteText(path, file.Text);
            if (file.Executable && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Executable);
        }
    }

    /// <summary>Prints each shard and the balance.</summary>
    public static void Show(WorkPlan plan, int cells, string folder, TextWriter output)
    {
        foreach (var shard in plan.Shards)
            output.WriteLine($"shard {shard.Number}: {Claims.Verdicts.Show.Count(shard.Cells.Count, "cell")}, {Claims.Verdicts.Show.Count(shard.Cells.Sum(c => c.Seeds.Count), "run")}, {Durations.Show(shard.Seconds)}{(shard.Oversize ? " (longer than --max-hours, cannot be cut further)" : "")}");
        var balance = PlanBalance.Of(plan.Shards);
        output.WriteLine(FormattableString.Invariant($"{Claims.Verdicts.Show.Count(plan.Shards.Count, "shard")} of {Claims.Verdicts.Show.Count(cells, "cell")}: {Durations.Show(balance.Total)} in all, {Durations.Show(balance.Shortest)} to {Durations.Show(balance.Longest)} each, max/mean {balance.Ratio:F3}"));
        output.WriteLine($"estimates for {plan.Device}: {plan.Basis}");
        output.WriteLine($"written to {folder}");
    }
}
