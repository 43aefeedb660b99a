using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>The two streams: results on standard output, progress and errors on standard error.</summary>
internal static class Terminal
{
    // Where nobody looks, lines are for programs: they must not be wrapped.
    private const int Unwrapped = 100_000;

    public static IAnsiConsole Out { get; } = Open(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Err { get; } = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether a person looks at standard output.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    public static void Error(string message, string fix)
    {
        Err.MarkupLineInterpolated($"[red]error:[/] {message}");
        Err.MarkupLineInterpolated($"[yellow]fix:[/] {fix}");
    }

    /// <summary>An error that is not the user's.</summary>
    public static void InternalError(string what, string? hint)
    {
        Err.MarkupLineInterpolated($"[red]internal error:[/] {what}");
        if (hint is not null) Note(hint);
    }

    private static IAnsiConsole Open(TextWriter stream, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(stream) });
        if (redirected) console.Profile.Width = Unwrapped;
        return console;
    }

    public static void Note(string text) => Err.MarkupLineInterpolated($"[grey]{text}[/]");
}
