using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>The version of a file's form: looked at first, so that a file of a later version is called that, and not malformed.</summary>
internal static class SchemaNumber
{
    /// <summary>Passes a number from <paramref name="oldest"/> to <paramref name="newest"/>.</summary>
    /// <param name="found">The number; null where it is none, which the reader of the whole will say better.</param>
    /// <param name="oldest">Oldest that this version reads.</param>
    /// <param name="newest">Newest that this version reads, and the one that it writes.</param>
    /// <param name="place">File, with the line where it is known.</param>
    /// <param name="fix">What to do about a number that no version wrote.</param>
    public static void Check(long? found, int oldest, int newest, string place, string fix)
    {
        if (found is null || (found >= oldest && found <= newest)) return;
        string reads = oldest == newest ? $"schema {newest}" : $"schema {oldest} to {newest}";
        throw found > newest
            ? new MedBenchException($"{place}: schema {found} is not known: a later version of MedBenchRepro wrote it, this one reads {reads}", "use that version, or a newer one")
            : new MedBenchException($"{place}: schema {found} is not known: this version reads {reads}", found >= 1 ? "use the version of MedBenchRepro that wrote it" : fix);
    }
}
