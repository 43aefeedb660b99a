namespace MedBench.Cli.Display;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command line was not understood (System.CommandLine's own code): the help follows.</summary>
    public const int NotUnderstood = 1;

    /// <summary>An error that the user can mend; the message says how.</summary>
    public const int Failed = 2;

    /// <summary>An error of this program itself (<c>EX_SOFTWARE</c> of sysexits.h).</summary>
    public const int Internal = 70;

    /// <summary>A stream or a disk failed: full, or gone (<c>EX_IOERR</c> of sysexits.h).</summary>
    public const int InputOutput = 74;

    /// <summary>Told to stop by SIGTERM or SIGUSR1, with work left that the same command goes on with (<c>EX_TEMPFAIL</c> of sysexits.h).</summary>
    public const int Stopped = 75;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
