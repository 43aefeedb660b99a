using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Runs.Store;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench merge</c>: joins results folders.</summary>
internal static class MergeCommand
{
    private static readonly Argument<string[]> s_sources = new("stores") { Description = "Results folders to read", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> s_into = new("--into") { Description = "Results folder to write", Required = true };

    public static Command Create()
    {
        var command = new Command("merge", "Join results folders: copies what is missing, names runs that differ, overwrites nothing") { s_sources, s_into };
        command.SetAction(parsed => Merge(parsed.GetValue(s_sources)!, parsed.GetValue(s_into)!));
        return command;
    }

    private static int Merge(string[] sources, string into)
    {
        var report = new StoreMerge(into).Merge(sources);
        Console.Out.WriteLine($"{into}: {report.Copied} runs copied, {report.Present} there already, {report.Conflicts.Count} in conflict");
        foreach (var conflict in report.Conflicts)
            Terminal.Error($"{conflict.Kept} (kept) and {conflict.Other} (not copied) are the same run with another outcome: {conflict.Difference}", "find out why (another device, another build?) and leave one of the two stores out; `medbench verify STORE` says whether each run's scores are those of its predictions");
        return report.Conflicts.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
