using System.Runtime.InteropServices;
using MedBench.Cli.Display;

namespace MedBench.Cli.Runs;

/// <summary>
/// What Ctrl-C and SIGTERM do to a command that has nothing to save: it says so and ends at once, with the code that says why.
/// What it was writing is under a temporary name, and its rights on files end with it. Commands that save something first take over by <see cref="StopSignals"/>.
/// </summary>
internal sealed partial class SuddenEnd : IDisposable
{
    private static int s_others;

    private readonly PosixSignalRegistration[] _registrations;

    private SuddenEnd() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, ExitCodes.Stopped)),
    ];

    /// <summary>Listens until disposed.</summary>
    public static SuddenEnd Listen() => new();

    /// <summary>Somebody else listens from now on, and ends the process in good order.</summary>
    public static void TakeOver() => Interlocked.Increment(ref s_others);

    /// <summary>Nobody else listens any more.</summary>
    public static void GiveBack() => Interlocked.Decrement(ref s_others);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private static void End(PosixSignalContext context, int code)
    {
        if (Volatile.Read(ref s_others) > 0) return;
        context.Cancel = true;
        Terminal.Error("stopped by a signal", "the same command goes on from where it was, or starts over");
        // Not Environment.Exit: threads of libtorch that still compute would meet its destructors.
        if (OperatingSystem.IsWindows()) Environment.Exit(code);
        else Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
