using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Data.Datasets;

/// <summary>
/// A dataset at one image size, open for reading. The .npz file is unpacked once into the cache (see <see cref="CacheFolder.Resolve"/>) and memory-mapped from there.
/// </summary>
public sealed class ImageDataset : IDisposable
{
    // Pixels: far above any real image, far below what would overflow an index.
    private const long LargestImage = 1 << 26;

    internal static IReadOnlyDictionary<Split, string> Prefixes { get; } =
        new Dictionary<Split, string> { [Split.Train] = "train", [Split.Validation] = "val", [Split.Test] = "test" };

    private readonly Dictionary<Split, ImageSplit> _splits = [];
    private readonly List<MappedFile> _maps = [];

    private ImageDataset(DatasetCard card, string md5, string path, UnpackedArrays arrays)
    {
        (Card, Md5) = (card, md5);
        try
        {
            foreach (var (split, prefix) in Prefixes)
                _splits[split] = Load(path, arrays, $"{prefix}_images", $"{prefix}_labels");
            if (_splits.Values.Select(s => (s.Height, s.Width)).Distinct().Count() > 1)
                throw Wrong(path, "its splits have images of different sizes");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The facts of the dataset.</summary>
    public DatasetCard Card { get; }

    /// <summary>Image side in pixels (the longer one, should a file's images not be square).</summary>
    public int Size => Math.Max(Train.Height, Train.Width);

    /// <summary>Checksum of the .npz file that the images came from.</summary>
    public string Md5 { get; }

    /// <summary>Images to train on.</summary>
    public ImageSplit Train => _splits[Split.Train];

    /// <summary>Images to choose the checkpoint by.</summary>
    public ImageSplit Validation => _splits[Split.Validation];

    /// <summary>Images to report on.</summary>
    public ImageSplit Test => _splits[Split.Test];

    /// <summary>One split.</summary>
    public ImageSplit this[Split split] => _splits[split];

    /// <summary>Opens a published dataset. Where the cache holds the published file's arrays already, the file itself is not needed any more.</summary>
    /// <param name="card">Which dataset.</param>
    /// <param name="size">Image side in pixels: 28, 64, 128 or 224.</param>
    /// <param name="root">Folder of the .npz files; null for <see cref="DatasetFolders.Resolve"/>.</param>
    /// <param name="verifyChecksum">Whether the file must have the published MD5; if false, any file of that name with the card's shape will do.</param>
    /// <param name="cache">Cache folder; null for <see cref="CacheFolder.Resolve"/>.</param>
    /// <exception cref="MedBenchException">The file is absent, damaged, of the wrong shape, or the cache cannot be written; the message says how to mend it.</exception>
    public static ImageDataset Open(DatasetCard card, int size, string? root = null, bool verifyChecksum = true, string? cache = null)
    {
        var file = card.File(size);
        string path = Path.Combine(root ?? DatasetFolders.Resolve(), file.FileName);
        cache ??= CacheFolder.Resolve();
        string md5 = verifyChecksum && ArrayCache.Has(cache, file.Md5) ? file.Md5 : Checksum(path, file);
        if (verifyChecksum && md5 != file.Md5)
            throw new MedBenchException($"{path} has MD5 {md5}; the published file has {file.Md5}", $"it is damaged or another version: move it away and get the published one with `medbench data get {card.Name} --size {size}`, or set {DatasetFolders.RootVariable} to another folder");
        var dataset = Open(path, card, md5, cache);
        if (dataset.Size == size && Prefixes.Keys.All(split => dataset[split].Count == card.Splits[split]))
            return dataset;
        dataset.Dispose();
        throw Wrong(path, $"it does not hold {card.Splits.Train} + {card.Splits.Validation} + {card.Splits.Test} images of {size} px");
    }

    /// <summary>Whether <see cref="Open(DatasetCard, int, string?, bool, string?)"/> would find the published file, or its arrays in the cache; the content is not looked at.</summary>
    /// <param name="card">Which dataset.</param>
    /// <param name="size">Image side in pixels.</param>
    /// <exception cref="MedBenchException">The dataset has no such size.</exception>
    public static bool IsPresent(DatasetCard card, int size) =>
        File.Exists(Path.Combine(DatasetFolders.Resolve(), card.File(size).FileName)) || ArrayCache.Has(CacheFolder.Resolve(), card.File(size).Md5);

    /// <summary>Opens any file of MedMNIST's layout; image size and counts may differ from the card's.</summary>
    /// <param name="path">The .npz file.</param>
    /// <param name="card">Says the channels and the labels that the file must have.</param>
    /// <param name="cache">Cache folder; null for <see cref="CacheFolder.Resolve"/>.</param>
    /// <exception cref="MedBenchException">The file is absent, damaged, of the wrong shape, or the cache cannot be written.</exception>
    public static ImageDataset OpenFile(string path, DatasetCard card, string? cache = null) =>
        Open(path, card, Core.Files.Md5.OfFile(path), cache ?? CacheFolder.Resolve());

    /// <summary>Unmaps the images: no split may be read any more, from any thread.</summary>
    public void Dispose() => _maps.ForEach(map => map.Dispose());

    private static ImageDataset Open(string path, DatasetCard card, string md5, string cache)
    {
        string[] keys = [.. Prefixes.Values.SelectMany(prefix => new[] { $"{prefix}_images", $"{prefix}_labels" })];
        return new ImageDataset(card, md5, path, ArrayCache.Open(cache, md5, path, keys));
    }

    private static string Checksum(string path, DatasetFile file) => File.Exists(path) ? Core.Files.Md5.OfFile(path) : throw Missing(path, file);

    /// <summary>The error for a published file that is not on this machine.</summary>
    internal static MedBenchException Missing(string path, DatasetFile file) => new($"{path} does not exist", ManualSteps(path, file));

    /// <summary>How to get a published file to where it is looked for, without this program's help.</summary>
    internal static string ManualSteps(string path, DatasetFile file) =>
        $"""
        get the file by hand:
        1. download {file.Url}
        2. check that its MD5 is {file.Md5}
        3. save it as {file.FileName} in the folder {Path.GetDirectoryName(path)}
           (or set {DatasetFolders.RootVariable} to the folder where you keep it)
        4. run the same command again
        """;

    private static MedBenchException Wrong(string path, string reason) =>
        new($"{path}: {reason}", "check that the file belongs to this dataset and size; download it again if in doubt");

    private ImageSplit Load(string path, UnpackedArrays arrays, string imagesKey, string labelsKey)
    {
        int[] shape = arrays.Shape(imagesKey), labelShape = arrays.Shape(labelsKey);
        int channels = shape.Length == 4 ? shape[3] : 1;
        if (shape.Length is not (3 or 4) || channels != Card.Channels || (long)shape[1] * shape[2] > LargestImage)
            throw Wrong(path, $"array '{imagesKey}' has shape ({string.Join(", ", shape)}); {Card.Name} has {Card.Channels} channel(s)");
        if (labelShape.Length != 2 || labelShape[0] != shape[0] || labelShape[1] != Card.LabelWidth)
            throw Wrong(path, $"array '{labelsKey}' has shape ({string.Join(", ", labelShape)}) instead of ({shape[0]}, {Card.LabelWidth})");
        byte[] labels = File.ReadAllBytes(arrays.PathOf(labelsKey));
        int limit = Card.Task == DatasetTask.MultiLabel ? 2 : Card.Labels.Count;
        int bad = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(limit - 1));
        if (bad >= 0)
            throw Wrong(path, $"array '{labelsKey}' has label {labels[bad]} at row {bad / Card.LabelWidth}; {Card.Name} has 0 to {limit - 1}");
        var map = new MappedFile(arrays.PathOf(imagesKey));
        _maps.Add(map);
        return new ImageSplit(map, labels, shape[1], shape[2], channels, Card.LabelWidth);
    }
}
