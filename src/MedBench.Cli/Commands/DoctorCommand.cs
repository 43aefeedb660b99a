using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Cli.Doctor;
using Spectre.Console;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench doctor</c>: what this machine has, and what to do about what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check this machine: libtorch, devices, data, weights, caches, network") { CommonOptions.Results };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        bool healthy = true;
        // libtorch first: once it is loaded, the process knows which libstdc++ it got.
        var torch = TorchChecks.All().ToList();
        foreach (var check in SystemChecks.All().Concat(torch).Concat(FolderChecks.All(parsed.GetValue(CommonOptions.Results)!)).Concat(FeedChecks.All()))
        {
            string mark = check.Health switch { Health.Good => "[green]ok  [/]", Health.Note => "[yellow]note[/]", _ => "[red]BAD [/]" };
            Terminal.Out.Write(new Markup($"{mark} {Markup.Escape(check.Name),-13} {Markup.Escape(check.Found)}\n") { Overflow = Overflow.Fold });
            if (check.Fix is { } fix) Terminal.Out.Write(new Markup($"                   [yellow]fix:[/] {Markup.Escape(fix)}\n") { Overflow = Overflow.Fold });
            healthy &= check.Health != Health.Bad;
        }
        return healthy ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
