namespace MedBench.Core.Errors;

/// <summary>
/// An error that the user can mend: one message that names the file, line or key, and the fix.
/// The command line prints it without a stack trace and exits with code 2.
/// </summary>
/// <param name="message">What is wrong, with the file, line or key.</param>
/// <param name="fix">What to do about it, as an instruction; may be a command.</param>
/// <param name="cause">The exception underneath, if any.</param>
public sealed class MedBenchException(string message, string fix, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What to do about it.</summary>
    public string Fix { get; } = fix;
}
