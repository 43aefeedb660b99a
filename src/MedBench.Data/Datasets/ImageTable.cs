using System.Text.RegularExpressions;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;

namespace MedBench.Data.Datasets;

/// <summary>The images that a folder of class folders or a CSV names.</summary>
/// <param name="Rows">The images, in the order of the CSV or of their paths.</param>
/// <param name="Notes">What was passed over, or read otherwise than it is written.</param>
/// <param name="From">The folder or CSV.</param>
/// <param name="Columns">Names of the further columns of a CSV, which say something else of an image.</param>
internal sealed partial record ImageTable(IReadOnlyList<ImageRow> Rows, IReadOnlyList<string> Notes, string From, IReadOnlyList<string> Columns)
{
    private const string PathColumn = "path", LabelColumn = "label", SplitColumn = "split", GroupColumn = "group";
    private static readonly string[] s_pictures = [".png", ".jpg", ".jpeg"];
    private static readonly string[] s_others = [".dcm", ".dicom", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".jp2", ".nii", ".gz", ".mha"];

    private static readonly Dictionary<string, Split> s_splits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Split.Train,
        ["training"] = Split.Train,
        ["val"] = Split.Validation,
        ["valid"] = Split.Validation,
        ["validation"] = Split.Validation,
        ["dev"] = Split.Validation,
        ["test"] = Split.Test,
        ["testing"] = Split.Test,
    };

    /// <summary>Labels in the order in which people count: <c>2</c> before <c>10</c>.</summary>
    public static IReadOnlyList<string> InNaturalOrder(IEnumerable<string> words) =>
        [.. words.Distinct().OrderBy(w => Digits().Replace(w, d => d.Value.PadLeft(20, '0')), StringComparer.Ordinal).ThenBy(w => w, StringComparer.Ordinal)];

    /// <summary><c>CLASS/…</c>, or <c>train/CLASS/…</c>, <c>val/CLASS/…</c> and <c>test/CLASS/…</c>; a folder inside a class folder is a group. Hidden files and those of file managers (Thumbs.db) do not count.</summary>
    /// <exception cref="MedBenchException">There is no image, an image is in no class folder, only some folders are named like splits, or a file is an image of another kind.</exception>
    public static ImageTable OfFolder(string folder)
    {
        var (rows, passed) = (new List<ImageRow>(), new List<string>());
        bool split = IsSplit(folder);
        foreach (string path in FolderListing.Files(folder))
        {
            string relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (!FolderListing.HasExtension(path, s_pictures))
            {
                if (FolderListing.HasExtension(path, s_others)) throw new MedBenchException($"{path} is no PNG or JPEG file", "convert it to PNG (of DICOM with the window that shows what matters), or take it out");
                passed.Add(relative);
                continue;
            }
            string[] parts = relative.Split('/');
            int level = split ? 1 : 0;
            if (parts.Length < level + 2) throw new MedBenchException($"{path} is in no class folder", $"put it into {(split ? "train/CLASS, val/CLASS or test/CLASS" : "a folder named like its class")}, or list the images in a CSV with 'csv:'");
            string group = string.Join('/', parts[(level + 1)..^1]);
            rows.Add(new ImageRow(path, path, [parts[level]], split ? s_splits[parts[0]] : null, group.Length > 0 ? group : null, []));
        }
        if (rows.Count == 0) throw new MedBenchException($"{folder} holds no .png, .jpg or .jpeg file", "name the folder whose folders are the classes");
        return new ImageTable(rows, passed.Count > 0 ? [$"{Files(passed.Count)} without an image's ending passed over: {string.Join(", ", passed.Take(3))}{(passed.Count > 3 ? " …" : "")}"] : [], folder, []);
    }

    /// <summary>A CSV with the columns <c>path</c> (relative to it) and <c>label</c>, and perhaps <c>split</c> and <c>group</c>; others are kept as they are.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="several">Whether a label cell may hold several labels (<c>a|b</c>) or none.</param>
    /// <exception cref="MedBenchException">A column is missing, a cell is empty or unknown, or a file is missing or named twice; says file and line.</exception>
    public static ImageTable OfCsv(string csv, bool several)
    {
        string text = TextFile.Read(csv);
        string[] columns = CsvTable.Header(text, csv);
        foreach (string needed in (string[])[PathColumn, LabelColumn])
            if (!columns.Contains(needed)) throw new MedBenchException($"{csv}:1: there is no column '{needed}'", $"begin it with a header such as '{PathColumn},{LabelColumn},{SplitColumn},{GroupColumn}'; the last two may be left out");
        if (columns.Distinct().Count() < columns.Length) throw new MedBenchException($"{csv}:1: a column is there twice", "give every column a name of its own");
        bool hasSplit = columns.Contains(SplitColumn), hasGroup = columns.Contains(GroupColumn);
        string[] others = [.. columns.Except([PathColumn, LabelColumn, SplitColumn, GroupColumn])];
        string folder = Path.GetDirectoryName(Path.GetFullPath(csv))!;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<ImageRow>();
        int backslashes = 0, unlabelled = 0;
        foreach (var row in CsvTable.Read(new StringReader(text), csv, columns))
        {
            string written = row.Required(PathColumn);
            if (written.Contains('\\')) backslashes++;
            string path = Path.GetFullPath(Path.Combine(folder, written.Replace('\\', '/')));
            if (Directory.Exists(path)) throw row.Error($"{written} is a folder", "give every image file a line, or name a folder of class folders with 'folder:' in the card");
            if (!File.Exists(path)) throw row.Error($"{written} does not exist{CaseOnly(path)}", "write the path relative to the CSV, upper and lower case as on the disk");
            if (!seen.TryAdd(path, row.Line)) throw row.Error($"{written} is in line {seen[path]} already", several ? "give all its labels in one line, as a|b" : "leave one of the lines out");
            string cell = row.Text(LabelColumn).Trim();
            if (cell.Length == 0 && !several) throw row.Error("column 'label' is empty", "fill it in, or leave the line out");
            if (cell.Length == 0) unlabelled++;
            string[] words = several ? cell.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [cell];
            if (!several && cell.Contains('|')) throw row.Error($"'{cell}' is several labels", "write 'task: multi-label' in the card, or one label here");
            rows.Add(new ImageRow(path, $"{row.File}:{row.Line}: {written}", words, hasSplit ? SplitOf(row) : null, hasGroup ? GroupOf(row) : null, [.. others.Select(row.Text)]));
        }
        if (rows.Count == 0) throw new MedBenchException($"{csv} names no image", "give it a line for each image");
        return new ImageTable(rows, [
            .. backslashes > 0 ? [$"backslashes in {backslashes} paths read as slashes"] : Array.Empty<string>(),
            .. unlabelled > 0 ? [$"{unlabelled} empty label cells read as no finding"] : Array.Empty<string>()], csv, others);
    }

    /// <summary>The split that a row names.</summary>
    internal static Split SplitOf(CsvRow row)
    {
        string text = row.Required(SplitColumn).Trim();
        return s_splits.TryGetValue(text, out var split) ? split : throw row.Error($"the split '{text}' is unknown", "write train, val or test");
    }

    /// <summary>The group that a row names.</summary>
    internal static string GroupOf(CsvRow row) =>
        row.Text(GroupColumn).Trim() is { Length: > 0 } group ? group : throw row.Error($"column '{GroupColumn}' is empty", "give an image that belongs to no other an id of its own");

    // One folder under another name would make classes of the splits, and groups of the classes.
    private static bool IsSplit(string folder)
    {
        var named = FolderListing.Folders(folder).Select(f => Path.GetFileName(f)!).ToLookup(s_splits.ContainsKey);
        if (!named[true].Any()) return false;
        string? problem = named[false].FirstOrDefault() is { } odd ? $"the folder {odd} is named like no split, and beside it {string.Join(", ", named[true])}"
            : named[true].All(n => s_splits[n] != Split.Train) ? $"there is no train beside {string.Join(", ", named[true])}" : null;
        return problem is null ? true : throw new MedBenchException($"{folder}: {problem}", $"name the folders like splits ({string.Join(", ", s_splits.Keys)}) and take out others; if they are classes, list the images in a CSV with 'csv:'");
    }

    private static string CaseOnly(string path)
    {
        string? folder = Path.GetDirectoryName(path), name = Path.GetFileName(path);
        string? other = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(Path.GetFileName).FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) : null;
        return other is null ? "" : $"; {other} differs in upper and lower case only";
    }

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
