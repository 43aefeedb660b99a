using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Npz;
using MedBench.Data.Pictures;

namespace MedBench.Data.Datasets;

/// <summary>A dataset of the reader's own: a card in YAML that names an .npz file of MedMNIST's layout, a folder of class folders, or a CSV of image files.</summary>
public sealed record OwnDataset
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    private const string Fix = "compare the card with the one in docs/your-images.md";

    /// <summary>Version of the file format; 1.</summary>
    public required int Schema { get; init; }

    /// <summary>Short name, lower-case letters, digits and hyphens; not that of a published dataset.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What the labels mean.</summary>
    public required DatasetTask Task { get; init; }

    /// <summary>Class (or finding) names in index order, 2 to 256; where images name them and have no order, they may be left out: they are then in natural order (<c>2</c> before <c>10</c>).</summary>
    public string[] Labels { get; init; } = [];

    /// <summary>Licence of the images.</summary>
    public required string License { get; init; }

    /// <summary>The .npz file, relative to the card; its images are square, of any size.</summary>
    public string? Npz { get; init; }

    /// <summary>The folder of class folders of PNG and JPEG files, relative to the card; or of train, val and test with class folders in each.</summary>
    public string? Folder { get; init; }

    /// <summary>A CSV with the columns path, label and perhaps split and group, relative to the card.</summary>
    public string? Csv { get; init; }

    /// <summary>Side in pixels that image files are scaled to, 8 to 2048.</summary>
    public int? Size { get; init; }

    /// <summary>1 (grey) or 3 (RGB); grey where all files are, if left out.</summary>
    public int? Channels { get; init; }

    /// <summary>How images that are not square become so.</summary>
    public SquareMode? Square { get; init; }

    /// <summary>Of 16-bit greys, the two values that become black and white.</summary>
    public int[] Window { get; init; } = [];

    /// <summary>How images without a split are split.</summary>
    public OwnSplit? Split { get; init; }

    /// <summary>Reads a card, and decodes the image files that it names where that has not been done. Size, channels and counts are the files' own; their checksums are taken anew each time.</summary>
    /// <param name="path">The card, a .yaml file.</param>
    /// <param name="cache">Cache folder; null for <see cref="CacheFolder.Resolve"/>.</param>
    /// <param name="progress">Told how far the reading of image files is.</param>
    /// <exception cref="MedBenchException">The card is absent, malformed (with line and column) or contradicts itself, or what it names is absent, damaged or not as it must be.</exception>
    public static DatasetCard Read(string path, string? cache = null, IProgress<OwnProgress>? progress = null)
    {
        var places = YamlPlaces.OfFile(path, "give the path of a dataset card, see docs/your-images.md");
        var own = StrictYaml.Read<OwnDataset>(places, CurrentSchema, Fix);
        if (own.Problem() is var (key, problem)) throw new MedBenchException($"{places.Of(key)}: {problem}", Fix);
        var (kind, source) = own.Sources().Single();
        string full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, source.Replace('\\', '/')));
        if (File.Exists(full) && kind == "folder") throw new MedBenchException($"{places.Of(kind)}: {full} is a file", "name the folder of class folders, or name the file with 'csv:' or 'npz:'");
        if (Directory.Exists(full) && kind != "folder") throw new MedBenchException($"{places.Of(kind)}: {full} is a folder", $"name the {kind} file, or name a folder of class folders with 'folder:'");
        if (!Path.Exists(full)) throw new MedBenchException($"{places.Of(kind)}: {full} does not exist", "write its path relative to the card");
        var card = kind == "npz" ? own.OfNpz(full, places) : own.OfImages(kind == "csv" ? ImageTable.OfCsv(full, own.Task == DatasetTask.MultiLabel) : ImageTable.OfFolder(full), places, cache ?? CacheFolder.Resolve(), progress);
        return card with { CardPath = path };
    }

    private DatasetCard OfNpz(string npz, YamlPlaces places)
    {
        using var file = new NpzFile(npz, "write it again with numpy.savez");
        int[] train = Shape(file, "train"), validation = Shape(file, "val"), test = Shape(file, "test");
        return Card(npz, Md5.OfFile(npz), train[1], train.Length == 4 ? train[3] : 1, new SplitCounts(train[0], validation[0], test[0]),
            [.. OwnImages.Absent(Task, Labels, split => Present(file, $"{ImageDataset.Prefixes[split]}_labels"), _ => places.Of("labels"))]);
    }

    private DatasetCard OfImages(ImageTable table, YamlPlaces places, string cache, IProgress<OwnProgress>? progress)
    {
        var images = OwnImages.Prepare(this, table, places, cache, progress);
        var complete = this with { Labels = images.Labels };
        if (complete.LabelProblem() is var (key, problem)) throw new MedBenchException($"{places.Of(key)}: {problem}", Fix);
        return complete.Card(images.Npz, images.Md5, Size!.Value, images.Channels, images.Splits, images.Notes) with { Groups = images.Groups };
    }

    // An absolute path is looked for nowhere else.
    private DatasetCard Card(string npz, string md5, int size, int channels, SplitCounts counts, string[] notes) =>
        new(Name, Title, Task, Labels, channels, counts, License, new Dictionary<int, DatasetFile> { [size] = new(npz, md5, new Uri(npz).AbsoluteUri) }, notes) { IsOwn = true };

    private IEnumerable<(string Key, string Value)> Sources() =>
        new (string Key, string? Value)[] { ("npz", Npz), ("folder", Folder), ("csv", Csv) }.Where(s => s.Value is not null).Select(s => (s.Key, s.Value!));

    private (string Key, string Problem)? Problem() => this switch
    {
        _ when Name.Length == 0 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') => ("name", $"'{Name}' has other characters than lower-case letters, digits and hyphens"),
        _ when DatasetCatalog.KnownNames.Concat(DatasetCatalog.Collections).Contains(Name) => ("name", $"{Name} is a dataset or collection that the benchmark knows"),
        _ when Sources().Count() != 1 => (Sources().Select(s => s.Key).LastOrDefault("name"), $"the card names {(Sources().Any() ? string.Join(" and ", Sources().Select(s => s.Key)) : "no images")}; give one of npz, folder and csv"),
        _ when Npz is not null && Images() is { } key => (key, $"{key} is for image files; an .npz is taken as it is"),
        _ when Npz is null && Size is null => ("name", "size is missing: the side in pixels that the images are scaled to"),
        _ when Size is < 8 or > 2048 => ("size", $"{Size} px; 8 to 2048 are possible"),
        _ when Channels is not (null or 1 or 3) => ("channels", $"{Channels}; 1 (grey) and 3 (RGB) are possible"),
        _ when Window.Length > 0 && !(Window is [var low, var high] && low >= 0 && low < high && high <= ushort.MaxValue) => ("window", "it is two values from 0 to 65535, the lower one first"),
        _ when Split is { } split && (split.Seed < 0 || !(split.Validation > 0 && split.Test > 0 && split.Validation + split.Test < 1)) => ("split", "the shares are above 0 and leave something to train on, and the seed is at least 0"),
        _ when Folder is not null && Task == DatasetTask.MultiLabel => ("task", "an image is in one class folder: list images with several labels in a csv"),
        _ when Labels.Length == 0 && (Npz is not null || Task == DatasetTask.OrdinalRegression) => ("task", "labels is missing: the names in index order"),
        _ when Labels.Length > 0 => LabelProblem(),
        _ => null,
    };

    private string? Images() => this switch
    {
        { Size: not null } => "size",
        { Channels: not null } => "channels",
        { Square: not null } => "square",
        { Window.Length: > 0 } => "window",
        { Split: not null } => "split",
        _ => null,
    };

    private (string Key, string Problem)? LabelProblem() => this switch
    {
        _ when Labels.Length is < 2 or > 256 => ("labels", $"there are {Labels.Length}; 2 to 256 are possible"),
        _ when Labels.Distinct().Count() < Labels.Length => ("labels", "a label is there twice"),
        _ when Task == DatasetTask.BinaryClass && Labels.Length != 2 => ("labels", $"there are {Labels.Length}; a binary task has 2"),
        _ when Task == DatasetTask.MultiClass && Labels.Length == 2 => ("task", "there are 2 labels: the task is binary-class"),
        _ => null,
    };

    // The labels that an array holds; all of them where it is malformed, which is said where the images are opened.
    private string[] Present(NpzFile file, string key)
    {
        using var array = file.Open(key);
        using var stream = new MemoryStream();
        array.CopyTo(stream);
        byte[] values = stream.ToArray();
        bool several = Task == DatasetTask.MultiLabel;
        int width = several ? Labels.Length : 1, rows = values.Length / width;
        if (array.Header.Shape is not [_, var columns] || columns != width || values.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(several ? 1 : Labels.Length - 1))) return Labels;
        return [.. Labels.Where((_, c) => several ? Enumerable.Range(0, rows).Any(i => values[array.Header.FortranOrder ? c * rows + i : i * width + c] == 1) : values.Contains((byte)c))];
    }

    private static int[] Shape(NpzFile file, string prefix)
    {
        string key = $"{prefix}_images";
        using var array = file.Open(key);
        int[] shape = array.Header.Shape;
        bool known = shape.Length == 3 || (shape.Length == 4 && shape[3] is (1 or 3));
        if (!known) throw file.Unusable(key, $"its shape is ({string.Join(", ", shape)}), not (images, side, side) or (images, side, side, 3)");
        if (shape[0] == 0) throw file.Unusable(key, "it holds no image");
        return shape[1] == shape[2] ? shape : throw file.Unusable(key, $"its images are {shape[2]} x {shape[1]} px; only square ones are taken");
    }
}
