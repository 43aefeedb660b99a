using System.Reflection;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Runs.Papers;

/// <summary>The folder <c>expected-results</c>: the copy embedded in this assembly, or one on disk.</summary>
public sealed class ExpectedFiles
{
    private const string Prefix = "expected-results/";
    private readonly SortedDictionary<string, Func<Stream>> _files = new(StringComparer.Ordinal);
    private readonly string _root;

    private ExpectedFiles(string root) => _root = root;

    /// <summary>Paths below the folder, with forward slashes, in ordinal order.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>Opens <paramref name="folder"/>, or the embedded copy if it is null.</summary>
    /// <exception cref="MedBenchException">The folder does not exist.</exception>
    public static ExpectedFiles Open(string? folder = null)
    {
        if (folder is null)
            return Embedded();
        if (!Directory.Exists(folder))
            throw new MedBenchException($"no folder {Path.GetFullPath(folder)} of expected results", "name an existing folder, or leave the option out to use the built-in copy");
        var opened = new ExpectedFiles(folder.TrimEnd('/', '\\') + "/");
        foreach (string file in FolderListing.Files(folder))
            opened._files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = () => new MemoryStream(TextFile.Bytes(file));
        return opened;
    }

    /// <summary>The name to show in an error.</summary>
    public string Display(string path) => _root + path;

    /// <summary>The bytes of one file.</summary>
    /// <exception cref="MedBenchException">There is no such file.</exception>
    public byte[] Bytes(string path)
    {
        if (!_files.TryGetValue(path, out var open))
            throw new MedBenchException($"{Display(path)} is missing", $"add it; the folder holds {string.Join(", ", _files.Keys)}");
        using var stream = open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The text of one file.</summary>
    /// <inheritdoc cref="Bytes"/>
    public string Text(string path) => TextFile.Decode(Bytes(path), Display(path));

    /// <summary>One file as a table with exactly these columns.</summary>
    /// <inheritdoc cref="Bytes"/>
    public IReadOnlyList<CsvRow> Table(string path, params IReadOnlyList<string> columns)
    {
        return CsvTable.Read(new StringReader(Text(path)), Display(path), columns);
    }

    private static ExpectedFiles Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var opened = new ExpectedFiles(Prefix);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            string path = name.Replace('\\', '/');
            if (path.StartsWith(Prefix, StringComparison.Ordinal))
                opened._files[path[Prefix.Length..]] = () => assembly.GetManifestResourceStream(name)!;
        }
        return opened;
    }
}
