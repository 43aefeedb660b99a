using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Store;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench verify</c>: whether the scores in a folder that one is handed are those of the predictions in it.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> s_store = new("store") { Description = "Results folder, or a folder of kept records such as expected-results/measured" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("verify", "Score every run's predictions anew and compare with its record; exit code 2 if one differs") { s_store, s_json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string store = parsed.GetValue(s_store)!;
        if (!Directory.Exists(store)) throw new MedBenchException($"{store} does not exist", "give a results folder, or a folder of kept records");
        // A store keeps a folder a run; kept records lie as files.
        StoredRun[] stored = [.. new StoreSource(store).Runs()];
        RecordCheck[] checks = [.. (stored.Length > 0 ? stored : new RecordsSource(store).Runs()).Select(RecordCheck.Of)];
        if (checks.Length == 0) throw new MedBenchException($"{store} holds no run", "give the folder that --results named, or one of kept records");
        if (parsed.GetValue(s_json))
            Console.Out.Write(StrictJson.Write(checks.Select(c => new { c.Run.Result.Id, c.Run.RecordPath, c.Outcome, c.Details })));
        else
            Write(checks);
        return checks.Any(c => c.Outcome == RecordOutcome.Differs) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static void Write(RecordCheck[] checks)
    {
        Listing.Write(["run", "dataset", "model", "method", "seed", "outcome", "what"], checks.Select(c => (string[])[
            c.Run.Result.Id, c.Run.Result.Spec.Dataset, c.Run.Result.Spec.Model, $"{c.Run.Result.Spec.Method}", $"{c.Run.Result.Spec.Seed}", c.Outcome.ToString().ToLowerInvariant(), string.Join("; ", c.Details)]));
        Console.Out.WriteLine($"{checks.Length} runs: " + string.Join(", ", checks.CountBy(c => c.Outcome).OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.ToString().ToLowerInvariant()}")));
    }
}
