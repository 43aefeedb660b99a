using MedBench.Core.Errors;

namespace MedBench.Data.Datasets;

/// <summary>The facts of one dataset.</summary>
/// <param name="Name">Key on the command line and in experiment files, lower case ("dermamnist").</param>
/// <param name="Title">Name for people.</param>
/// <param name="Task">What the labels mean.</param>
/// <param name="Labels">Class (or finding) names in index order.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Splits">Number of images per split.</param>
/// <param name="License">Licence of the images.</param>
/// <param name="Files">Published file by image size in pixels (28, 64, 128, 224); empty for a generated dataset.</param>
/// <param name="Caveats">What a reader of a result on this dataset must know; may be empty.</param>
public sealed record DatasetCard(
    string Name,
    string Title,
    DatasetTask Task,
    IReadOnlyList<string> Labels,
    int Channels,
    SplitCounts Splits,
    string License,
    IReadOnlyDictionary<int, DatasetFile> Files,
    IReadOnlyList<string> Caveats)
{
    /// <summary>What it was published as a part of ("medmnist2d"): a name for several cards at once.</summary>
    public string Collection { get; init; } = "";

    /// <summary>Whether it is the reader's own: see <see cref="OwnDataset"/>.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The file of its card, as its reader named it; null where there is none, as of every published one, or it is not known, as of a record's.</summary>
    public string? CardPath { get; init; }

    /// <summary>Which of its images belong together, and other facts of them; null where that is not known, as of every published one.</summary>
    public GroupTable? Groups { get; init; }

    /// <summary>Pixels of the data file where none were asked for: of the reader's own that of its only file, of others <paramref name="usual"/>.</summary>
    public int SizeOr(int usual) => IsOwn ? Files.Keys.Single() : usual;

    /// <summary>Columns of the label array: 1, or the number of findings of a multi-label dataset.</summary>
    public int LabelWidth => Task == DatasetTask.MultiLabel ? Labels.Count : 1;

    /// <summary>The published file at <paramref name="size"/> pixels.</summary>
    /// <exception cref="MedBenchException">The dataset has no such size.</exception>
    public DatasetFile File(int size) => Files.TryGetValue(size, out var file)
        ? file
        : throw new MedBenchException($"{Name} has no published {size} px file",
            Files.Count > 0 ? $"choose one of {string.Join(", ", Files.Keys.Order())} px" : "it is generated at any size, see SyntheticDataset");
}
