using System.CommandLine;
using System.Globalization;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights.Hub;
using MedBench.Runs.Papers;
using static TorchSharp.torch;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench models</c>: the backbones and their checkpoints on this machine.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> s_name = new("model") { Description = "Model by timm's name, for example resnet18.a1_in1k" };

    private static readonly Option<int?> s_inputSize = NumberOption.Whole("--input-size", "Pixels (default: the model's own)", Limits.Pixels);

    public static Command Create()
    {
        var get = new Command("get", "Download a published checkpoint (resumes, checks the sha256); the first one of a model without a known sha256 is locked") { s_name };
        get.SetAction(Get);
        var verify = new Command("verify", "Load a checkpoint strictly: every key, shape and type; and compare it with the lock file") { s_name };
        verify.SetAction(Verify);
        var list = new Command("list", "The models, and which checkpoints are here");
        list.SetAction(_ => List());
        var inspect = new Command("inspect", "Layers with shapes, parameters and GMACs") { s_name, s_inputSize };
        inspect.SetAction(Inspect);
        return new Command("models", "List, download, verify and inspect backbones") { list, get, verify, inspect };
    }

    private static int List()
    {
        Listing.Write(
            ["name", "family", "parameters", "GMACs", "input", "weights", "licence", "pretraining"],
            ModelCatalog.All.Select(card => (string[])[
                card.Name, card.Kind.ToString(), $"{card.Parameters / 1e6:F1} M", $"{card.Gmacs:F2}", $"{card.InputSize}", Presence(card), card.License, card.Pretraining]));
        Terminal.Note("checkpoints are looked for in MEDBENCH_WEIGHTS, the Hugging Face cache and restored NuGet packages; get one with: medbench models get NAME");
        return ExitCodes.Ok;
    }

    private static string Presence(ModelCard card) => card.Hub is null ? "none needed" : ModelCheckpoints.IsPresent(card) ? "here" : "not here";

    private static int Get(ParseResult parsed)
    {
        var card = ModelCatalog.Get(parsed.GetValue(s_name)!);
        var weights = CommonOptions.CheckpointOf(card);
        Console.Out.WriteLine($"{weights.Path}  sha256 {weights.Sha256}");
        var known = WeightsLock.Load(Book.FolderHere);
        if (known.Sha256Of(card) is { } sha256) Check(card, weights, sha256);
        else if (Book.FolderHere is { } folder)
        {
            known.With(card, weights, folder);
            Terminal.Note($"locked in {Path.Combine(folder, WeightsLock.FileName)}: nobody had said which file it is, and this is the first; commit it, and runs from another file are marked");
        }
        else Terminal.Note($"nobody has said which file it is, and there is no folder {Book.DefaultFolder} here to lock it in: runs from it are marked as unverified-weights");
        return ExitCodes.Ok;
    }

    private static int Verify(ParseResult parsed)
    {
        var card = ModelCatalog.Get(parsed.GetValue(s_name)!);
        var weights = CommonOptions.CheckpointOf(card);
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, card.DefaultClasses);
        ModelCheckpoints.Load(model, card, weights.Path, keepClassifier: true);
        var known = WeightsLock.Load(Book.FolderHere);
        if (known.Sha256Of(card) is { } sha256) Check(card, weights, sha256);
        else Terminal.Note($"nobody has said which file it is: `medbench models get {card.Name}` locks the first one, and until then its runs are marked as unverified-weights");
        int tensors = StateDict.Of(model).Count;
        string parameters = Count(model.parameters().Sum(p => p.numel()));
        Console.Out.WriteLine($"ok    {weights.Path}: {tensors} tensors, {parameters} parameters, sha256 {weights.Sha256}");
        return ExitCodes.Ok;
    }

    // The card's own digest was checked when the file was found.
    private static void Check(ModelCard card, ResolvedWeights weights, string sha256)
    {
        if (weights.Sha256 != sha256) throw new MedBenchException(
            $"{weights.Path} has sha256 {weights.Sha256}, and {WeightsLock.FileName} says {sha256} for {card.Name}", "it is another version: move it away and get it again; or, if the published file did change, delete the entry and say so");
    }

    private static int Inspect(ParseResult parsed)
    {
        var card = ModelCatalog.Get(parsed.GetValue(s_name)!);
        int size = parsed.GetValue(s_inputSize) ?? card.InputSize;
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, card.DefaultClasses, size);
        var layers = ModelInspector.Trace(model, size);
        Listing.Write(["layer", "type", "output", "parameters", "MMACs"], layers.Select(l => (string[])[
            l.Name, l.Type, string.Join(" × ", l.OutputShape), Count(l.Parameters), string.Create(CultureInfo.InvariantCulture, $"{l.Macs / 1e6:F2}")]));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{card.Name} at {size} px: {Count(model.parameters().Sum(p => p.numel()))} parameters, {layers.Sum(l => l.Macs) / 1e9:F2} GMACs"));
        return ExitCodes.Ok;
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
