using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>
/// Writes a folder of files whole or not at all: into a temporary folder beside it, then renamed to it.
/// Where two processes race, the first to finish wins and the other's copy is dropped.
/// </summary>
public static class AtomicFolder
{
    /// <summary>Makes <paramref name="path"/> through <paramref name="write"/>, which gets the temporary folder; nothing happens where it exists already.</summary>
    /// <param name="path">The folder to make.</param>
    /// <param name="write">Writes the files.</param>
    /// <param name="fix">What the user can do where the folder cannot be written.</param>
    /// <exception cref="MedBenchException">The disk is full, the place is read-only, or the like; nothing is left behind.</exception>
    public static void Write(string path, Action<string> write, string fix)
    {
        if (Directory.Exists(path))
            return;
        string full = Path.GetFullPath(path), temporary = Temporary.For(full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            bool others = Temporary.Sweep(full);
            Directory.CreateDirectory(temporary);
            if (others) Temporary.SweepOfOtherMachines(full, temporary);
            write(temporary);
            Publish(temporary, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {full}: {e.Message}", fix, e);
        }
        finally
        {
            Temporary.TryDelete(temporary);
        }
    }

    private static void Publish(string temporary, string full)
    {
        try
        {
            Sharing.Retry(() =>
            {
                // Windows calls it a denied access, too, that the target exists.
                if (!Directory.Exists(full)) Directory.Move(temporary, full);
            });
        }
        catch (IOException) when (Directory.Exists(full))
        {
            // Another process finished first, with the same content.
        }
    }
}
