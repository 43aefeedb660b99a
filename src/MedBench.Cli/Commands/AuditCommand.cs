using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Reporting.Html;
using MedBench.Training.Features;
using MedBench.Training.Neighbours;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench data audit</c>: which images of a data file show the same, and whether a score on it can be believed.</summary>
internal static class AuditCommand
{
    private const int Shown = 10, Nearest = 5;
    private static readonly Argument<string> s_name = new("dataset") { Description = "Dataset, for example breastmnist, or a card of your own images, mine.yaml" };
    private static readonly Option<int?> s_size = new("--size") { Description = "Pixels of the data file (default: the largest that is here)" };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to keep the audit in, for example audits: what scores and subsets read" };
    private static readonly Option<int?> s_images = new("--images") { Description = "With the synthetic dataset: generate so many images, to see how long an audit of them takes" };
    private static readonly Option<string?> s_page = new("--page") { Description = "Write a page that shows the pairs, for example audit.html" };
    private static readonly Option<int> s_pairs = NumberOption.Whole("--pairs", "Pairs on the page", Limits.Details, usual: 200);
    private static readonly Option<string?> s_groups = new("--groups") { Description = "CSV with the columns split, index and group (a patient, a lesion): which groups lie in two splits, and which twins in two groups (default: the groups of your own card)" };
    private static readonly Option<int?> s_sample = new("--sample") { Description = "With --page: so many twins by chance instead, always the same, to judge one by one; the page counts, and says the precision with its interval" };
    private static readonly Option<string?> s_encoder = new("--encoder") { Description = "Look a second time, by the features of this model or of your own encoder's card: how many pairs does the audit not have? (resnet20.cntk_in1k comes with the build)" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the audit as JSON; groups that were given are under givenGroups, and a second look under secondLook" };

    public static Command Create()
    {
        var command = new Command("audit", "Find duplicates, twins (the same frame or the next) and label conflicts, within and between the splits") { s_name, s_size, s_images, s_out, s_page, s_pairs, s_groups, s_sample, s_encoder, s_json, CommonOptions.Device, CommonOptions.Threads };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommonOptions.SetThreads(parsed);
        var card = CommonOptions.CardOf(parsed.GetValue(s_name)!);
        var groups = parsed.GetValue(s_groups) is { } file ? GroupFile.Read(file, card) : Several(card.Groups);
        if (groups is not null && parsed.GetValue(s_images) is not null) throw new MedBenchException("--groups with --images", "give one of them: generated images have no groups");
        int? sample = parsed.GetValue(s_sample);
        if (sample is not null && (sample < 1 || parsed.GetValue(s_page) is null))
            throw new MedBenchException(sample < 1 ? $"--sample {sample}" : "--sample without --page", "write how many pairs, such as --sample 30, and the page to show them on, --page sample.html");
        // Whatever is wrong with an encoder is said before an audit of minutes, not after it.
        (ModelCard Model, InitialWeights Weights)? encoder = parsed.GetValue(s_encoder) is { } name ? EncoderOf(ModelCatalog.GetOrRead(name)) : null;
        int size = parsed.GetValue(s_size) ?? LargestHere(card);
        using var dataset = parsed.GetValue(s_images) is { } images ? Generate(card, size, images) : CommonOptions.OpenDataset(card, size);
        long start = Stopwatch.GetTimestamp();
        var audit = Auditor.Run(dataset, progress: StepProgress.OfAudit());
        Terminal.Note($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        var look = encoder is { } chosen ? LookAgain(dataset, audit, chosen.Model, chosen.Weights, CommonOptions.DeviceOf(parsed)) : null;
        string? kept = parsed.GetValue(s_out) is { } folder ? AuditCatalog.Write(folder, audit) : null;
        if (parsed.GetValue(s_page) is { } page)
        {
            AtomicFile.WriteText(page, sample is { } count ? AuditPage.RenderSample(audit, dataset, count) : AuditPage.Render(audit, dataset, parsed.GetValue(s_pairs), look));
            Terminal.Note($"page: {Path.GetFullPath(page)}");
        }
        var given = groups is null ? null : GroupAudit.Of(groups, audit);
        if (parsed.GetValue(s_json)) Console.Out.Write(Json(audit, given, look));
        else
        {
            Write(card, audit);
            if (given is not null) GroupAuditView.Write(given);
            if (look is not null) Write(look);
        }
        if (kept is not null) Terminal.Note($"kept as {kept}");
        return ExitCodes.Ok;
    }

    // A card with other columns and no groups has a table of one image each.
    private static GroupTable? Several(GroupTable? own) =>
        own is not null && own.Splits.Values.SelectMany(rows => rows).CountBy(r => r.Group).Any(g => g.Value > 1) ? own : null;

    // The form of a kept audit stays as it is.
    private static string Json(DatasetAudit audit, GroupAudit? given, SecondLook? look)
    {
        if (given is null && look is null) return StrictJson.Write(audit);
        var all = JsonSerializer.SerializeToNode(audit, StrictJson.Options)!.AsObject();
        if (given is not null) all["givenGroups"] = JsonSerializer.SerializeToNode(given, StrictJson.Options);
        if (look is not null) all["secondLook"] = JsonSerializer.SerializeToNode(look, StrictJson.Options);
        return StrictJson.Write(all);
    }

    private static (ModelCard Model, InitialWeights Weights) EncoderOf(ModelCard model) => model is { Hub: null, IsOnnx: false }
        ? throw new MedBenchException($"--encoder {model.Name}: it has no published checkpoint", "name a pretrained model, such as resnet20.cntk_in1k, or the card of your own encoder")
        : (model, InitialWeights.From(model, CommonOptions.CheckpointOf(model)));

    // Scaled, not padded: what an encoder sees of a small image in a large frame is mostly the frame. Otherwise the input of doerrich2025's k-NN.
    private static SecondLook LookAgain(ImageDataset dataset, DatasetAudit audit, ModelCard model, InitialWeights weights, torch.Device device)
    {
        var run = new RunConfiguration(dataset.Card, dataset.Size, model, RecipeCatalog.Get("doerrich2025"), new MethodName(MethodName.Knn), Resize: ResizeMode.Scale);
        var request = new RunRequest(dataset, run, weights, 0, device);
        using var features = new MethodRunner(request, FeatureStore.Default).Features(StepProgress.OfRun());
        var images = SecondLook.Images(audit);
        var position = ImageRef.All(audit.Images).Index().ToDictionary(p => p.Item, p => (long)p.Index);
        using var rows = torch.tensor(images.Select(i => position[i]).ToArray());
        using var looked = features.index_select(0, rows);
        return SecondLook.Of(dataset, audit, model.Name, Nearest, NearestPairs.Of(looked, Nearest));
    }

    // Three of four images to train on, the rest in halves.
    private static ImageDataset Generate(DatasetCard card, int size, int images) => card.Name == DatasetCatalog.Synthetic.Name && images >= 16
        ? SyntheticDataset.Open(size, counts: new SplitCounts(images - 2 * (images / 8), images / 8, images / 8))
        : throw new MedBenchException($"--images {images} with {card.Name}", "give it with the dataset synthetic, and at least 16");

    private static int LargestHere(DatasetCard card) =>
        card.Files.Keys.Where(size => ImageDataset.IsPresent(card, size)).DefaultIfEmpty(28).Max();

    private static void Write(DatasetCard card, DatasetAudit audit)
    {
        Console.Out.WriteLine($"{card.Title}, {audit.Size} px, {audit.Images.Train} + {audit.Images.Validation} + {audit.Images.Test} images, md5 {audit.Md5}");
        Listing.Write(["found", "number"], [
            ["groups of equal images", $"{audit.ExactGroups}"],
            ["  with different labels", $"{audit.ExactLabelConflicts}"],
            ["groups equal after a flip or a quarter turn", $"{audit.TurnedGroups}"],
            ["groups of twins in all", $"{audit.TwinGroups}"],
            ["  with different labels", $"{audit.TwinLabelConflicts}"],
            ["  in more than one split", $"{audit.GroupsAcrossSplits}"],
            ["test images with a twin in training", $"{audit.TestImagesWithTwinInTraining} of {audit.Images.Test}"],
            ["test images with a twin in validation", $"{audit.TestImagesWithTwinInValidation} of {audit.Images.Test}"],
            ["pairs expected by chance (mirrored search)", $"{audit.Null.ExpectedFalsePairs} of {audit.Pairs.Count(p => p.Kind == PairKind.Twin)}"]]);
        Listing.Write(["class", "test", "with a twin in training"], audit.Classes.Select(c => (string[])[c.Label, $"{c.Images}", $"{c.WithTwinInTraining}"]));
        var conflicts = audit.Groups.Where(g => g.Conflict).ToList();
        if (conflicts.Count > 0)
            Listing.Write(["conflict", "labels"], conflicts.Take(Shown).Select(g => (string[])[
                string.Join(" = ", g.Images), string.Join(" / ", g.Labels.Select(l => string.Join('|', l.Select(c => card.Labels[c]))))]));
        if (conflicts.Count > Shown) Console.Out.WriteLine($"and {conflicts.Count - Shown} more; --json has all");
    }

    private static void Write(SecondLook look)
    {
        Listing.Write([$"second look, by features of {look.Encoder}", "pairs"], [
            [$"the {look.Neighbours} nearest images of each", $"{look.Looked}"],
            ["  with the detail of twins", $"{look.Alike}"],
            ["  of these in the audit", $"{look.Known}"],
            ["  of these not in it", $"{look.New.Count}"],
            ["test images with a twin in training by this look alone", $"{look.TestImagesBesides}"],
            ["with that detail if one is mirrored (chance)", $"{look.AlikeMirrored}"]]);
        if (look.New.Count > 0)
            Listing.Write(["not in the audit", "detail", "cosine", "labels"], look.New.Take(Shown).Select(p => (string[])[
                $"{p.First} = {p.Second}", Show.Number(p.Detail, 3), Show.Number(p.Cosine, 3), p.Conflict ? "differ" : "same"]));
        if (look.New.Count > Shown) Console.Out.WriteLine($"and {look.New.Count - Shown} more; --json has all, --page shows them");
    }
}
