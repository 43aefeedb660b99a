using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Npz;

namespace MedBench.Data.Datasets;

/// <summary>A dataset of the reader's own: a card in YAML beside an .npz file of MedMNIST's layout.</summary>
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

    /// <summary>Class (or finding) names in index order, 2 to 256.</summary>
    public required string[] Labels { get; init; }

    /// <summary>Licence of the images.</summary>
    public required string License { get; init; }

    /// <summary>The .npz file, relative to the card; its images are square, of any size.</summary>
    public required string Npz { get; init; }

    /// <summary>Reads a card. Size, channels and counts are the file's own; its checksum is taken anew each time.</summary>
    /// <param name="path">The card, a .yaml file.</param>
    /// <exception cref="MedBenchException">The card is absent, malformed (with line and column) or contradicts itself, or its .npz file is absent, damaged or of another layout.</exception>
    public static DatasetCard Read(string path)
    {
        var places = new YamlPlaces(File.Exists(path) ? TextFile.Read(path) : throw new MedBenchException($"{path} does not exist", "give the path of a dataset card, see docs/your-images.md"), path);
        var own = StrictYaml.Read<OwnDataset>(places, CurrentSchema, Fix);
        if (own.Problem() is var (key, problem)) throw new MedBenchException($"{places.Of(key)}: {problem}", Fix);
        string npz = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, own.Npz));
        if (!File.Exists(npz)) throw new MedBenchException($"{places.Of("npz")}: {npz} does not exist", "write its path relative to the card");
        using var file = new NpzFile(npz, "write it again with numpy.savez");
        int[] train = Shape(file, "train"), validation = Shape(file, "val"), test = Shape(file, "test");
        var counts = new SplitCounts(train[0], validation[0], test[0]);
        // An absolute path is looked for nowhere else.
        var source = new DatasetFile(npz, Md5.OfFile(npz), new Uri(npz).AbsoluteUri);
        return new DatasetCard(own.Name, own.Title, own.Task, own.Labels, train.Length == 4 ? train[3] : 1, counts, own.License, new Dictionary<int, DatasetFile> { [train[1]] = source }, []);
    }

    private (string Key, string Problem)? Problem() => this switch
    {
        _ when Name.Length == 0 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') => ("name", $"'{Name}' has other characters than lower-case letters, digits and hyphens"),
        _ when DatasetCatalog.KnownNames.Concat(DatasetCatalog.Collections).Contains(Name) => ("name", $"{Name} is a dataset or collection that the benchmark knows"),
        _ when Labels.Length is < 2 or > 256 => ("labels", $"there are {Labels.Length}; 2 to 256 are possible"),
        _ when Labels.Distinct().Count() < Labels.Length => ("labels", "a label is there twice"),
        _ when Task == DatasetTask.BinaryClass && Labels.Length != 2 => ("labels", $"there are {Labels.Length}; a binary task has 2"),
        _ when Task == DatasetTask.MultiClass && Labels.Length == 2 => ("task", "there are 2 labels: the task is binary-class"),
        _ => null,
    };

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
