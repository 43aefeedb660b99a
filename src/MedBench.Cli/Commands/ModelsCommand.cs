using System.CommandLine;
using System.Globalization;
using MedBench.Cli.Display;
using MedBench.Models.Cards;
using MedBench.Models.StateDicts;
using static TorchSharp.torch;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench models</c>: the backbones and their checkpoints on this machine.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> s_name = new("model") { Description = "Model by timm's name, for example resnet18.a1_in1k" };

    public static Command Create()
    {
        var get = new Command("get", "Download a published checkpoint (resumes, checks the sha256)") { s_name };
        get.SetAction(Get);
        var verify = new Command("verify", "Load a checkpoint strictly: every key, shape and type") { s_name };
        verify.SetAction(Verify);
        var list = new Command("list", "The models, and which checkpoints are here");
        list.SetAction(_ => List());
        return new Command("models", "List, download and verify backbones and their checkpoints") { list, get, verify };
    }

    private static int List()
    {
        Listing.Write(
            ["name", "family", "architecture", "input", "weights", "licence", "pretraining"],
            ModelCatalog.All.Select(card => (string[])[
                card.Name, card.Kind.ToString(), card.Architecture, $"{card.InputSize}", Presence(card), card.License, card.Pretraining]));
        Terminal.Note("checkpoints are looked for in MEDBENCH_WEIGHTS and the Hugging Face cache; get one with: medbench models get NAME");
        return ExitCodes.Ok;
    }

    private static string Presence(ModelCard card) => card.Hub is null ? "none needed" : ModelCheckpoints.IsPresent(card) ? "here" : "not here";

    private static int Get(ParseResult parsed)
    {
        var card = ModelCatalog.Get(parsed.GetValue(s_name)!);
        var weights = CommonOptions.CheckpointOf(card);
        Console.Out.WriteLine($"{weights.Path}  sha256 {weights.Sha256}");
        return ExitCodes.Ok;
    }

    private static int Verify(ParseResult parsed)
    {
        var card = ModelCatalog.Get(parsed.GetValue(s_name)!);
        var weights = CommonOptions.CheckpointOf(card);
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(card, card.DefaultClasses);
        ModelCheckpoints.Load(model, card, weights.Path, keepClassifier: true);
        int tensors = StateDict.Of(model).Count;
        string parameters = model.parameters().Sum(p => p.numel()).ToString("N0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"ok    {weights.Path}: {tensors} tensors, {parameters} parameters, sha256 {weights.Sha256}");
        return ExitCodes.Ok;
    }
}
