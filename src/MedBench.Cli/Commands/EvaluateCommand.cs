using System.CommandLine;
using MedBench.Claims;
using MedBench.Claims.Scoring;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench evaluate</c>: fine-tuned weights, head included, tested as a recipe tests; nothing is trained.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> s_checkpoint = new("checkpoint") { Description = "Fine-tuned weights, .safetensors, .pth or .onnx, for example weights.safetensors of `medbench run --keep-weights`" };
    private static readonly Option<string> s_dataset = new("--dataset") { Description = "Dataset, for example breastmnist, or a card of your own images, mine.yaml", Required = true };
    private static readonly Option<string> s_model = new("--model") { Description = "Model by timm's name, for example resnet18.a1_in1k", Required = true };
    private static readonly Option<string> s_recipe = new("--recipe") { Description = "wu2025, doerrich2025, yang2023, the path of a recipe file, or of a result.json, whose recipe is taken", Required = true };
    private static readonly Option<int?> s_size = NumberOption.Whole("--size", "Pixels of the data file: 28, 64, 128 or 224 (default: the recipe's)", Limits.Pixels);
    private static readonly Option<string?> s_method = new("--method") { Description = "Method of the recipe that trained them; it says which head they have (default: the first that trains the model's own classifier)" };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder for predictions.npz and MedMNIST's CSV (default: evaluated/ and the first digits of the checkpoint's sha256)" };
    private static readonly Option<string?> s_against = new("--against") { Description = "Cell of a printed number, for example yang2023/breastmnist/from-scratch/resnet18.cifar/28; without the metric, both" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON, as `medbench score` does" };

    private const int ShortDigits = 16;

    public static Command Create()
    {
        var command = new Command("evaluate", "Test fine-tuned weights, head included, as a recipe tests: no training; writes predictions as a run does")
        {
            s_checkpoint, s_model, s_dataset, s_size, s_recipe, s_method, s_out, s_against, CommonOptions.Expected, CommonOptions.Experiments,
            CommonOptions.Device, CommonOptions.Precision, CommonOptions.Threads, s_json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string checkpoint = parsed.GetValue(s_checkpoint)!;
        if (!File.Exists(checkpoint)) throw new MedBenchException($"{checkpoint}: there is no such file", "give the path of a .safetensors, .pth or .onnx file");
        var card = CommonOptions.CardOf(parsed.GetValue(s_dataset)!);
        var model = ModelCatalog.GetOrRead(parsed.GetValue(s_model)!);
        var recipe = RunSettings.RecipeOf(parsed.GetValue(s_recipe)!);
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        using var dataset = CommonOptions.OpenDataset(card, parsed.GetValue(s_size) ?? card.SizeOr(recipe.DatasetSize));
        var run = new RunConfiguration(card, dataset.Size, model, recipe, MethodName.Parse(parsed.GetValue(s_method) ?? MethodOf(recipe)));
        var weights = InitialWeights.FromFile(checkpoint);
        var request = new RunRequest(dataset, run, weights, recipe.Seeds[0], device, CommonOptions.PrecisionOf(parsed, device));
        var prediction = RunProgress.Show(reporter => new MethodRunner(request, FeatureStore.Default).Test(checkpoint, reporter("test")));

        string id = weights.Id.Sha256![..ShortDigits], folder = parsed.GetValue(s_out) ?? Path.Combine("evaluated", id);
        string file = Write(folder, id, dataset, prediction);
        int[] labels = [.. Objective.LabelBytes(dataset.Test).Select(l => (int)l)];
        var sheet = ScoreSheet.Of([file], card, (labels, $"{card.Name}, {dataset.Size} px"), Breakdown.Of([], card.Groups));
        if (parsed.GetValue(s_against) is { } cell) sheet = sheet.With(cell, Book.Open(CommonOptions.Given(parsed, CommonOptions.Expected), experiments: CommonOptions.GivenOrDefault(parsed, CommonOptions.Experiments)).Evidence);
        if (parsed.GetValue(s_json)) Console.Out.Write(StrictJson.Write(sheet));
        else
        {
            Console.Out.WriteLine($"{checkpoint} (sha256 {weights.Id.Sha256}): {model.Name}, tested as {recipe.Name} tests {run.Method}");
            ScoreView.Write(sheet, card, card.Groups?.From);
            Console.Out.WriteLine($"predictions: {folder}");
        }
        return ExitCodes.Ok;
    }

    private static string MethodOf(Recipe recipe) => recipe.Methods.FirstOrDefault(m => m.Value is { Neighbours: null, Head: null or { Kind: HeadKind.Linear } }).Key
        ?? throw new MedBenchException($"no method of recipe {recipe.Name} trains the model's own classifier", $"name one with --method: {string.Join(", ", recipe.Methods.Keys)}");

    private static string Write(string folder, string id, ImageDataset dataset, Prediction prediction)
    {
        var predictions = new Predictions("test", prediction.Probabilities, [.. Objective.LabelBytes(dataset.Test).Select(l => (int)l)], dataset.Test.Count);
        string file = Path.Combine(folder, MedMnistCsv.FileName(dataset.Card.Name, dataset.Size, "test", prediction.Scores.Auc, prediction.Scores.Accuracy, id));
        Directory.CreateDirectory(folder);
        PredictionsFile.Write(Path.Combine(folder, PredictionsFile.Name), [predictions]);
        MedMnistCsv.Write(file, predictions);
        return file;
    }
}
