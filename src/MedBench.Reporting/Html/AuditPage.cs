using System.Globalization;
using MedBench.Claims.Verdicts;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Reporting.Figures;

namespace MedBench.Reporting.Html;

/// <summary>An audit as one page: what was found, by split and class, and the pairs themselves to be looked at.</summary>
public static class AuditPage
{
    private static readonly PageTemplate s_template = new("audit.liquid", typeof(AuditPageClass), typeof(AuditPagePair), typeof(AuditPageImage));

    /// <summary>The page.</summary>
    /// <param name="audit">What was found.</param>
    /// <param name="dataset">The data file that was audited, open: its images are embedded.</param>
    /// <param name="most">Pairs shown, at least 1: label conflicts first, then those of a test image with training, then the most alike.</param>
    /// <param name="look">What an encoder saw besides: as many pairs more; null if none looked.</param>
    public static string Render(DatasetAudit audit, ImageDataset dataset, int most, SecondLook? look = null) =>
        Render(audit, dataset, [.. audit.Pairs.OrderByDescending(p => p.Conflict).ThenByDescending(CrossesToTest).ThenByDescending(p => p.Detail).Take(most)], audit.Pairs.Count, isSample: false, look, most);

    /// <summary>A page to judge the audit by: pairs by chance (<see cref="PairSample"/>), without their measures, with a choice at each and the precision that follows.</summary>
    /// <param name="audit">What was found.</param>
    /// <param name="dataset">The data file that was audited, open: its images are embedded.</param>
    /// <param name="count">Pairs wanted, at least 1.</param>
    public static string RenderSample(DatasetAudit audit, ImageDataset dataset, int count) =>
        Render(audit, dataset, PairSample.Of(audit, count), audit.Pairs.Count(p => p.Kind == PairKind.Twin), isSample: true);

    private static string Render(DatasetAudit audit, ImageDataset dataset, IReadOnlyList<ImagePair> shown, int of, bool isSample, SecondLook? look = null, int most = 0)
    {
        var card = dataset.Card;
        AuditPagePair[] pairs = [.. shown.Select(p => Shown(p, dataset))];
        var model = new AuditPageModel(
            $"{card.Title}, {audit.Size} px: which images show the same?",
            PageTemplate.Generator,
            [
                new("images", $"{audit.Images.Train} training, {audit.Images.Validation} validation, {audit.Images.Test} test"),
                new("groups of equal images", $"{audit.ExactGroups}, of them {audit.ExactLabelConflicts} with different labels"),
                new("groups equal after a flip or a quarter turn", $"{audit.TurnedGroups}"),
                new("groups of twins in all", $"{audit.TwinGroups}, of them {audit.TwinLabelConflicts} with different labels and {audit.GroupsAcrossSplits} in more than one split"),
                new("test images with a twin in training", $"{audit.TestImagesWithTwinInTraining} of {audit.Images.Test}"),
                new("test images with a twin in validation", $"{audit.TestImagesWithTwinInValidation} of {audit.Images.Test}"),
                new("pairs expected by chance", string.Create(CultureInfo.InvariantCulture, $"{audit.Null.ExpectedFalsePairs} (the same search among {audit.Null.Compared:N0} mirrored pairs)")),
                .. look is null ? (PageFact[])[] : [new("second look", $"by features of {look.Encoder}: {look.Alike} of {look.Looked} pairs of nearest images have the detail of twins, {look.Known} of these are in the audit, {look.New.Count} are not ({Show.Count(look.TestImagesBesides, "more test image")} with a twin in training); {look.AlikeMirrored} have it by chance, with one image mirrored")],
                new("data file", $"md5 {audit.Md5}"),
            ],
            [.. audit.Classes.Select(c => new AuditPageClass(c.Label, c.Images, c.WithTwinInTraining, c.Images == 0 ? "" : Show.Points((double)c.WithTwinInTraining / c.Images)))],
            pairs, of, isSample, [.. (look?.New ?? []).Take(most).Select(p => Shown(p, dataset))], TemplateFiles.Read("report.css"));
        return s_template.Render(model);
    }

    private static bool CrossesToTest(ImagePair pair) => (pair.First.Split, pair.Second.Split) is (Split.Train, Split.Test) or (Split.Test, Split.Train);

    // Test above training: what is scored, above what was learned from.
    private static AuditPagePair Shown(ImagePair pair, ImageDataset dataset)
    {
        string coarse = Show.Number(pair.Coarse, 3), detail = Show.Number(pair.Detail, 3);
        return Shown(pair.First, pair.Second, pair.Conflict, dataset, $"{pair.Kind.ToString().ToLowerInvariant()}, detail {detail}, coarse {coarse}") with { Coarse = coarse, Detail = detail };
    }

    private static AuditPagePair Shown(SeenPair pair, ImageDataset dataset) =>
        Shown(pair.First, pair.Second, pair.Conflict, dataset, $"detail {Show.Number(pair.Detail, 3)}, cosine {Show.Number(pair.Cosine, 3)}");

    private static AuditPagePair Shown(ImageRef first, ImageRef second, bool conflict, ImageDataset dataset, string measures)
    {
        var (upper, lower) = first.Split == Split.Test && second.Split != Split.Test ? (first, second) : (second, first);
        AuditPageImage Image(ImageRef image) => new(image.ToString(), Labels(image, dataset), PixelImage.Address(dataset[image.Split], image.Index));
        return new AuditPagePair(Image(upper), Image(lower), measures, conflict);
    }

    private static string Labels(ImageRef image, ImageDataset dataset)
    {
        byte[] label = dataset[image.Split].Label(image.Index).ToArray();
        var card = dataset.Card;
        return label.Length == 1 ? card.Labels[label[0]] : string.Join(", ", label.Index().Where(l => l.Item != 0).Select(l => card.Labels[l.Index])) is { Length: > 0 } found ? found : "none";
    }
}

internal sealed record AuditPageModel(string Title, string Generator, IReadOnlyList<PageFact> Facts, IReadOnlyList<AuditPageClass> Classes, IReadOnlyList<AuditPagePair> Pairs, int AllPairs, bool IsSample, IReadOnlyList<AuditPagePair> Seen, string Css);

internal sealed record AuditPageClass(string Label, int Images, int Twins, string Share);

internal sealed record AuditPagePair(AuditPageImage Upper, AuditPageImage Lower, string Measures, bool Conflict)
{
    /// <summary>To sort by; empty where pairs are not sorted.</summary>
    public string Coarse { get; init; } = "";

    /// <summary>To sort by.</summary>
    public string Detail { get; init; } = "";
}

internal sealed record AuditPageImage(string Name, string Label, string Address);
