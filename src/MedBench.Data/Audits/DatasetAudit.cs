using System.Text.Json.Serialization;
using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>What an audit of one data file found, as <c>audits/DATASET_SIZE.json</c> holds it.</summary>
/// <param name="Schema">Version of this form.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Size">Pixels of the file.</param>
/// <param name="Md5">Checksum of the file.</param>
/// <param name="Rules">What counted as a twin.</param>
/// <param name="Images">Images per split.</param>
/// <param name="ExactGroups">Groups of images that are equal byte for byte.</param>
/// <param name="ExactLabelConflicts">Those of them whose images have different labels.</param>
/// <param name="TurnedGroups">Groups of images that are equal after a flip or a quarter turn, and not without.</param>
/// <param name="TwinGroups">Connected groups of twins; equal and turned images are twins, too.</param>
/// <param name="TwinLabelConflicts">Those of them whose images have different labels.</param>
/// <param name="GroupsAcrossSplits">Those of them that lie in more than one split.</param>
/// <param name="TestImagesWithTwinInTraining">Test images that have a training image in their group.</param>
/// <param name="TestImagesWithTwinInValidation">Test images that have a validation image in their group.</param>
/// <param name="Null">The same search where there can be no twins.</param>
/// <param name="Classes">The test split by class.</param>
/// <param name="Groups">Every connected group.</param>
/// <param name="Pairs">Every pair that was found, the most alike first; of equal images each with the first of them only.</param>
public sealed record DatasetAudit(
    int Schema,
    string Dataset,
    int Size,
    string Md5,
    AuditRules Rules,
    SplitCounts Images,
    int ExactGroups,
    int ExactLabelConflicts,
    int TurnedGroups,
    int TwinGroups,
    int TwinLabelConflicts,
    int GroupsAcrossSplits,
    int TestImagesWithTwinInTraining,
    int TestImagesWithTwinInValidation,
    NullSearch Null,
    IReadOnlyList<AuditedClass> Classes,
    IReadOnlyList<ImageGroup> Groups,
    IReadOnlyList<ImagePair> Pairs)
{
    /// <summary>The version of the form that this code writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The images of <paramref name="split"/>, in order, that have an image of <paramref name="other"/> in their group.</summary>
    public IReadOnlyList<int> WithTwinIn(Split split, Split other) => Members(split, group => group.Images.Any(i => i.Split == other));

    /// <summary>The images of <paramref name="split"/>, in order, whose group has different labels.</summary>
    public IReadOnlyList<int> InConflict(Split split) => Members(split, group => group.Conflict);

    private int[] Members(Split split, Func<ImageGroup, bool> which) =>
        [.. Groups.Where(which).SelectMany(g => g.Images).Where(i => i.Split == split).Select(i => i.Index).Order()];
}

/// <summary>
/// The coarse search between each image and the mirror images of all others, which show another breast, eye or cell: what it finds is chance. For content that does not look
/// mirrored like itself (a heart on the left) this is a lower bound.
/// </summary>
/// <param name="Compared">Pairs looked at.</param>
/// <param name="Candidates">Those that passed the screen.</param>
/// <param name="Twins">Those that would have been called twins.</param>
/// <param name="Highest">The highest coarse measure among them.</param>
/// <param name="ExpectedFalsePairs"><paramref name="Twins"/>, scaled to the pairs of the real search.</param>
public sealed record NullSearch(long Compared, long Candidates, int Twins, double Highest, double ExpectedFalsePairs);

/// <summary>One class (or finding) of the test split.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Images">Test images.</param>
/// <param name="WithTwinInTraining">Those with a training image in their group.</param>
public sealed record AuditedClass(string Label, int Images, int WithTwinInTraining);

/// <summary>Images that are connected by pairs.</summary>
/// <param name="Images">In order.</param>
/// <param name="Labels">The classes (or findings) of each.</param>
/// <param name="Conflict">Whether the labels differ.</param>
public sealed record ImageGroup(IReadOnlyList<ImageRef> Images, IReadOnlyList<IReadOnlyList<int>> Labels, bool Conflict);

/// <summary>Two images that show the same.</summary>
/// <param name="First">The earlier one.</param>
/// <param name="Second">The later one.</param>
/// <param name="Kind">In what way.</param>
/// <param name="Coarse">The coarse measure, at most 1; see <see cref="AuditRules"/>.</param>
/// <param name="Detail">The detail measure, at most 1.</param>
/// <param name="Conflict">Whether their labels differ.</param>
public sealed record ImagePair(ImageRef First, ImageRef Second, PairKind Kind, double Coarse, double Detail, bool Conflict);

/// <summary>In what way two images are the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PairKind>))]
public enum PairKind
{
    /// <summary>Byte for byte.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>Byte for byte after a flip or a quarter turn.</summary>
    [JsonStringEnumMemberName("turned")]
    Turned,

    /// <summary>The same frame, or one next to it.</summary>
    [JsonStringEnumMemberName("twin")]
    Twin,
}
