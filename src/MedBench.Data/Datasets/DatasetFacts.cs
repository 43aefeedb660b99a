namespace MedBench.Data.Datasets;

/// <summary>What a record must say of a dataset of the reader's own, so that it can be read without its card.</summary>
/// <param name="Title">Name for people.</param>
/// <param name="Task">What the labels mean.</param>
/// <param name="Labels">In index order.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Splits">Number of images per split.</param>
/// <param name="License">Licence of the images.</param>
/// <param name="Caveats">How the images were read and split.</param>
public sealed record DatasetFacts(string Title, DatasetTask Task, IReadOnlyList<string> Labels, int Channels, SplitCounts Splits, string License, IReadOnlyList<string> Caveats)
{
    /// <summary>The facts of a card; null for a dataset that the benchmark knows.</summary>
    public static DatasetFacts? Of(DatasetCard card) => card.IsOwn ? new(card.Title, card.Task, card.Labels, card.Channels, card.Splits, card.License, card.Caveats) : null;

    /// <summary>A card whose images are not at hand.</summary>
    /// <param name="name">Name of the dataset.</param>
    /// <param name="size">Pixels of its file.</param>
    /// <param name="md5">Checksum of its file.</param>
    public DatasetCard CardOf(string name, int size, string md5) =>
        new(name, Title, Task, Labels, Channels, Splits, License, new Dictionary<int, DatasetFile> { [size] = new($"{name}_{size}.npz", md5, "") }, Caveats) { IsOwn = true };
}
