using System.Runtime.InteropServices;
using MedBench.Core.Errors;

namespace MedBench.Data.Npz;

/// <summary>Reads float32 and int32 arrays of a NumPy .npz archive, such as <see cref="NpzWriter"/> writes, into memory.</summary>
/// <param name="path">The file.</param>
/// <param name="fix">What to do about a damaged one.</param>
/// <exception cref="MedBenchException">The file is absent, unreadable, or no zip archive.</exception>
public sealed class NpzReader(string path, string fix) : IDisposable
{
    private readonly NpzFile _file = new(path, fix);

    /// <summary>Names of the arrays, in file order.</summary>
    public IReadOnlyList<string> Keys => [.. _file.Keys];

    /// <summary>A float32 array.</summary>
    /// <exception cref="MedBenchException">It is absent, damaged, or of another type.</exception>
    public (float[] Values, int[] Shape) Singles(string key) => Read<float>(key, 'f');

    /// <summary>An int32 array.</summary>
    /// <inheritdoc cref="Singles"/>
    public (int[] Values, int[] Shape) Integers(string key) => Read<int>(key, 'i');

    /// <summary>An array of numbers of any type.</summary>
    /// <exception cref="MedBenchException">It is absent or damaged, or not in C order.</exception>
    public NumberArray Numbers(string key) => NumberArray.Of(_file, key);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private (T[], int[]) Read<T>(string key, char kind)
        where T : struct
    {
        using var array = _file.Open(key, floats: true);
        if (array.Header.Kind != kind || array.Header.ItemSize != 4)
            throw _file.Unusable(key, $"its type is {array.Header.Kind}{array.Header.ItemSize} instead of {kind}4");
        return (MemoryMarshal.Cast<byte, T>(array.ReadAll()).ToArray(), array.Header.Shape);
    }
}
