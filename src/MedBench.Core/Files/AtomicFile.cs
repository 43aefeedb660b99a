using System.Text;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>
/// Writes a file whole or not at all: into a temporary file beside it, flushed to disk, then renamed over it.
/// A reader sees the old content or the new, never half of it, whatever kills the writer.
/// </summary>
public static class AtomicFile
{
    private const string UsualFix = "free some disk space or choose a folder that you may write to";

    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>, which may read back what it wrote; its folder is made if missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="fix">What the user can do where the file cannot be written.</param>
    /// <exception cref="MedBenchException">The disk is full, the folder is read-only, or the like; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write, string fix = UsualFix)
    {
        string full = Path.GetFullPath(path), temporary = Temporary.For(full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            bool others = Temporary.Sweep(full);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                if (others) Temporary.SweepOfOtherMachines(full, temporary);
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            Sharing.Retry(() => File.Move(temporary, full, overwrite: true));
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

    /// <summary>Makes a file in <paramref name="folder"/> and removes it, under a name that no other process uses.</summary>
    /// <param name="folder">Made if missing.</param>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public static void Probe(string folder)
    {
        string full = Path.GetFullPath(folder), probe = Temporary.For(Path.Combine(full, "probe"));
        try
        {
            Directory.CreateDirectory(full);
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {full}: {e.Message}", UsualFix, e);
        }
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte-order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream}, string)"/>
    public static void WriteText(string path, string text, string fix = UsualFix) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)), fix);
}
