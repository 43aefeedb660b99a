namespace MedBench.Core.Files;

/// <summary>
/// Renames that Windows refuses while a scanner, an indexer or another reader has the file or folder open for a moment
/// (dotnet/runtime#79213): tried again, with growing pauses, for at most ten seconds. Elsewhere a rename does not ask who reads.
/// </summary>
public static class Sharing
{
    private const int AccessDenied = unchecked((int)0x80070005), SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(10), s_longest = TimeSpan.FromSeconds(1), s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Renames, again and again where Windows says that somebody has it open.</summary>
    /// <param name="rename">The rename: it happens whole, or throws.</param>
    /// <exception cref="IOException">It failed for another reason, or for the whole time.</exception>
    /// <exception cref="UnauthorizedAccessException">As above: Windows says so of an open target, and of one that may not be written.</exception>
    public static void Retry(Action rename) => Retry(rename, OperatingSystem.IsWindows(), Thread.Sleep);

    internal static void Retry(Action rename, bool windows, Action<TimeSpan> wait)
    {
        var waited = TimeSpan.Zero;
        for (var pause = s_first; ; pause = pause * 2 < s_longest ? pause * 2 : s_longest)
        {
            try
            {
                rename();
                return;
            }
            catch (Exception e) when (windows && waited < s_limit && e.HResult is (AccessDenied or SharingViolation or LockViolation))
            {
                wait(pause);
                waited += pause;
            }
        }
    }
}
