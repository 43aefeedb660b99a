using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Reporting.Live;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench serve</c>: a page on this machine that shows what runs in a results store. It reads and never writes.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> s_port = NumberOption.Whole("--port", "Port on 127.0.0.1; 0 for any that is free", Limits.Port, usual: 8642);

    public static Command Create()
    {
        var command = new Command("serve", "Show the progress of running grids in a browser, on this machine only") { CommonOptions.Results, s_port };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string folder = parsed.GetValue(CommonOptions.Results)!;
        if (!Directory.Exists(folder)) throw new MedBenchException($"no results store at {Path.GetFullPath(folder)}", "name the folder that `medbench run --results` writes to, or start a run first");
        using var server = LiveServer.Start(folder, parsed.GetValue(s_port));
        Console.Out.WriteLine(server.Address);
        Terminal.Note("Ctrl-C ends it; the runs go on");
        using var signals = new StopSignals(cancel, quiet: true);
        try
        {
            await Task.Delay(Timeout.Infinite, signals.Token);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how a server is ended.
        }
        return ExitCodes.Ok;
    }
}
