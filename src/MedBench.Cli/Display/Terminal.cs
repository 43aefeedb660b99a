using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>The two streams: results on standard output, progress and errors on standard error.</summary>
internal static class Terminal
{
    public static IAnsiConsole Out { get; } = AnsiConsole.Console;

    public static IAnsiConsole Err { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Whether a person looks at standard output.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    public static void Error(string message, string fix)
    {
        Err.MarkupLineInterpolated($"[red]error:[/] {message}");
        Err.MarkupLineInterpolated($"[yellow]fix:[/] {fix}");
    }

    public static void Note(string text) => Err.MarkupLineInterpolated($"[grey]{text}[/]");
}
