namespace MedBench.Data.Datasets;

/// <summary>Byte arrays in C order, each in a file of its own.</summary>
internal sealed class UnpackedArrays
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, int[]> _shapes;

    /// <summary>Takes over the arrays in a folder.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="shapes">Shape by array name.</param>
    /// <exception cref="IOException">A file is absent, or not as long as its shape says.</exception>
    public UnpackedArrays(string folder, IReadOnlyDictionary<string, int[]> shapes)
    {
        (_folder, _shapes) = (folder, shapes);
        foreach (var (key, shape) in shapes)
        {
            long expected = shape.Aggregate(1L, (product, length) => product * length), actual = new FileInfo(PathOf(key)).Length;
            if (actual != expected)
                throw new IOException($"{PathOf(key)} has {actual} bytes instead of {expected}");
        }
    }

    /// <summary>Shape of the array <paramref name="key"/>.</summary>
    public int[] Shape(string key) => _shapes[key];

    /// <summary>Path of the array's bytes.</summary>
    public string PathOf(string key) => Path.Combine(_folder, FileName(key));

    /// <summary>File name of the array <paramref name="key"/>.</summary>
    public static string FileName(string key) => $"{key}.u8";
}
