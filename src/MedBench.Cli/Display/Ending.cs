using MedBench.Cli.Doctor;
using MedBench.Core.Errors;

namespace MedBench.Cli.Display;

/// <summary>How a command ends that an exception ended.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Fix">What to do about it, or, of an error of this program, how to see more; null for nothing.</param>
internal sealed record Ending(int ExitCode, string Message, string? Fix)
{
    /// <summary>The ending by an exception.</summary>
    /// <param name="e">What came through all of the command.</param>
    /// <param name="trace">Whether the stack trace of an error of this program is shown.</param>
    public static Ending Of(Exception e, bool trace) => e switch
    {
        MedBenchException known => new(ExitCodes.Failed, known.Message, known.Fix),
        OperationCanceledException => new(ExitCodes.Interrupted, "stopped", "the same command goes on from where it was"),
        _ when NativeTorch.Explain(e) is { } problem => new(ExitCodes.Failed, problem.Message, problem.Fix),
        // Files are written by what says which file it was; this is the output, or a disk that fails.
        IOException => new(ExitCodes.InputOutput, $"reading or writing failed: {e.Message}", "make room on the disk, or send the output elsewhere"),
        _ when trace => new(ExitCodes.Internal, e.ToString(), null),
        // libtorch's messages go on with frames of its own.
        _ => new(ExitCodes.Internal, e.Message.Split('\n')[0].TrimEnd(), "set MEDBENCH_TRACE=1 for the stack trace"),
    };

    /// <summary>Says it on standard error.</summary>
    /// <returns>The exit code.</returns>
    public int Tell()
    {
        if (ExitCode == ExitCodes.Internal) Terminal.InternalError(Message, Fix);
        else Terminal.Error(Message, Fix!);
        return ExitCode;
    }
}
