using System.CommandLine;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Cli.Doctor;
using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary>Options that several commands share, and what they stand for.</summary>
internal static class CommonOptions
{
    public static Option<string> Results { get; } = new("--results") { Description = "Folder of the results store", DefaultValueFactory = _ => "results" };

    public static Option<string?> Expected { get; } = new("--expected") { Description = "Folder of claims, published numbers, rules, snapshots and records (default: expected-results)" };

    public static Option<string> Experiments { get; } = new("--experiments") { Description = "Folder of experiment files", DefaultValueFactory = _ => Book.DefaultExperiments };

    public static Option<bool> Recompute { get; } = new("--recompute") { Description = "Leave out the records in expected-results/measured: only the results store counts" };

    /// <summary>What <see cref="BookOf"/> reads.</summary>
    public static IReadOnlyList<Option> OfBook { get; } = [Results, Expected, Experiments, Recompute];

    /// <summary>The book that a command judges through; the command has the options of <see cref="OfBook"/>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="measured">Folder of kept records; null for that of the book's folder.</param>
    /// <param name="also">Experiment file or folder that is declared besides.</param>
    /// <param name="storeToBe">Whether the store may be made by this command.</param>
    /// <exception cref="MedBenchException">A folder that was named is not there, or a file is malformed.</exception>
    public static Book BookOf(ParseResult parsed, string? measured = null, string? also = null, bool storeToBe = false) => Book.Open(
        Given(parsed, Expected), storeToBe ? parsed.GetValue(Results) : GivenOrDefault(parsed, Results), GivenOrDefault(parsed, Experiments), parsed.GetValue(Recompute), measured, also);

    public static Option<string> Device { get; } = new("--device") { Description = "auto, cpu or cuda", DefaultValueFactory = _ => "auto" };

    public static Option<int?> Threads { get; } = NumberOption.Whole("--threads", "CPU threads (default: one per core)", Limits.Threads);

    public static Option<string> Precision { get; } = new("--precision")
    {
        Description = "fp32 (on CUDA as the recipe says: as its paper's code), fp32-strict, tf32-convolutions or tf32 (CUDA), bf16",
        DefaultValueFactory = _ => Training.Recipes.Precision.Fp32.Name(),
    };

    /// <summary>The precision that was asked for.</summary>
    public static Precision PrecisionOf(ParseResult parsed, torch.Device device)
    {
        var precision = Kebab.Parse<Precision>("precision", parsed.GetValue(Precision)!);
        precision.Require(device);
        return precision;
    }

    /// <summary>Makes libtorch use the number of threads that was asked for.</summary>
    public static void SetThreads(ParseResult parsed)
    {
        if (parsed.GetValue(Threads) is { } threads) SetThreads(threads);
    }

    /// <summary>Makes libtorch use so many threads.</summary>
    public static void SetThreads(int threads)
    {
        torch.set_num_threads(Limits.Threads.Checked(threads, $"--threads {threads}"));
    }

    /// <summary>The device that was asked for.</summary>
    public static torch.Device DeviceOf(ParseResult parsed)
    {
        string name = parsed.GetValue(Device)!;
        bool cuda = torch.cuda.is_available();
        return name switch
        {
            "cpu" => torch.CPU,
            "auto" => cuda ? torch.CUDA : torch.CPU,
            "cuda" when cuda => torch.CUDA,
            "cuda" => throw (CudaObstacle.Here() is { } obstacle
                ? new MedBenchException($"--device cuda: {obstacle.What}", obstacle.Fix)
                : new MedBenchException("--device cuda: there is no NVIDIA GPU here, or no driver for it", "run on a machine with an NVIDIA GPU, or with --device cpu")),
            _ => throw Names.Unknown("device", name, ["auto", "cpu", "cuda"]),
        };
    }

    /// <summary>A folder that an option names for reading: one that was given must be there, and one that was not may be absent.</summary>
    /// <exception cref="MedBenchException">It was given and is not there; names the nearest beside it.</exception>
    public static string? Given(ParseResult parsed, Option<string?> option) => Given(parsed, option, parsed.GetValue(option));

    /// <inheritdoc cref="Given(ParseResult, Option{string?})"/>
    public static string GivenOrDefault(ParseResult parsed, Option<string> option) => Given(parsed, option, parsed.GetValue(option))!;

    private static string? Given(ParseResult parsed, Option option, string? folder)
    {
        if (folder is null || parsed.GetResult(option) is null or { Implicit: true } || Directory.Exists(folder) || File.Exists(folder)) return folder;
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), parent = Path.GetDirectoryName(full) ?? full;
        string[] beside = Directory.Exists(parent) ? [.. Directory.EnumerateDirectories(parent).Select(d => Path.GetFileName(d)!)] : [];
        throw new MedBenchException($"{option.Name} {folder}: there is no such folder", Names.Nearest(Path.GetFileName(full), beside) is { } near ? $"did you mean '{Path.Combine(Path.GetDirectoryName(folder) ?? "", near)}'?" : "check the path");
    }

    /// <summary>The dataset of that name, or the reader's own of that card; says how image files of the reader's own were read.</summary>
    /// <exception cref="MedBenchException">There is none, or it is malformed.</exception>
    public static DatasetCard CardOf(string nameOrPath)
    {
        var card = DatasetCatalog.GetOrRead(nameOrPath, StepProgress.OfReading());
        if (FolderListing.IsYaml(nameOrPath))
            foreach (string note in card.Caveats) Terminal.Note($"{card.Name}: {note}");
        return card;
    }

    /// <summary>Opens a dataset; the synthetic one is made where it is missing.</summary>
    public static ImageDataset OpenDataset(DatasetCard card, int size) =>
        card.Name == DatasetCatalog.Synthetic.Name ? SyntheticDataset.Open(size) : ImageDataset.Open(card, size);

    /// <summary>Downloads a dataset's file to where datasets are looked for.</summary>
    /// <param name="file">Which file.</param>
    /// <param name="patience">Tries and waits; null for the default.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="MedBenchException">It cannot be downloaded.</exception>
    public static string Download(DatasetFile file, DownloadPatience? patience = null)
    {
        using var http = new HttpClient();
        return TransferProgress.Show(file.FileName, report =>
            new DatasetDownloader(http, patience).DownloadAsync(file, DatasetFolders.Resolve(), new Relay<DownloadProgress>(p => report(p.Received, p.Total))));
    }

    /// <summary>The published checkpoint of a model, downloaded if need be.</summary>
    public static ResolvedWeights CheckpointOf(ModelCard card) => ModelCheckpoints.Find(card)
        ?? TransferProgress.Show(card.Name, report => ModelCheckpoints.GetAsync(card, new Relay<DownloadProgress>(p => report(p.Received, p.Total))));
}
