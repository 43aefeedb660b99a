using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Cards;
using MedBench.Models.Onnx;
using MedBench.Models.Weights.Hub;

namespace MedBench.Models.Catalog;

/// <summary>An encoder of the reader's own: a card in YAML beside an .onnx file.</summary>
public sealed record OwnEncoder
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    private const string Fix = "compare the card with the one in docs/your-encoder.md";

    /// <summary>What the graph is given.</summary>
    public sealed record InputPart
    {
        /// <summary>Name of the input; by default the graph's only one.</summary>
        public string? Name { get; init; }

        /// <summary>Height and width in pixels.</summary>
        public required int Size { get; init; }

        /// <summary>Order of the dimensions.</summary>
        public InputLayout Layout { get; init; }

        /// <summary>Order of the colours.</summary>
        public ChannelOrder Channels { get; init; }

        /// <summary>Value of a white pixel before normalisation: 1 or 255.</summary>
        public float PixelMax { get; init; } = 1;

        /// <summary>Mean per channel, in the order and units of the input; 0 where the graph normalises.</summary>
        public float[] Mean { get; init; } = [0, 0, 0];

        /// <summary>Standard deviation per channel, likewise; 1 where the graph normalises.</summary>
        public float[] Std { get; init; } = [1, 1, 1];
    }

    /// <summary>What is taken from it.</summary>
    public sealed record OutputPart
    {
        /// <summary>Name of the output; by default the graph's only one.</summary>
        public string? Name { get; init; }

        /// <summary>How it becomes one vector for each image.</summary>
        public required OutputPooling Pooling { get; init; }

        /// <summary>Tokens before the patches, class token and registers, for <see cref="OutputPooling.MeanOfPatches"/>.</summary>
        public int PrefixTokens { get; init; } = 1;
    }

    /// <summary>Version of the file format; 1.</summary>
    public required int Schema { get; init; }

    /// <summary>Short name: lower-case letters, digits, hyphens, points and underscores; not that of a model here.</summary>
    public required string Name { get; init; }

    /// <summary>The .onnx file, relative to the card.</summary>
    public required string File { get; init; }

    /// <summary>Its SHA-256 in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Files beside it that hold weights, each with its SHA-256.</summary>
    public Dictionary<string, string> Data { get; init; } = [];

    /// <summary>What the graph is given.</summary>
    public required InputPart Input { get; init; }

    /// <summary>What is taken from it.</summary>
    public required OutputPart Output { get; init; }

    /// <summary>CNN or ViT: the kinds that papers compare.</summary>
    public required EncoderKind Family { get; init; }

    /// <summary>Data and method of its training, in words.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>Licence of the weights.</summary>
    public required string License { get; init; }

    /// <summary>10⁹ multiply-accumulates for one image, for estimates of time alone.</summary>
    public double Gmacs { get; init; }

    /// <summary>Reads a card; the .onnx file is not opened.</summary>
    /// <param name="path">The card, a .yaml file.</param>
    /// <exception cref="MedBenchException">The card is absent, malformed (with line and column) or contradicts itself.</exception>
    public static ModelCard Read(string path)
    {
        var places = YamlPlaces.OfFile(path, "give the path of an encoder's card, see docs/your-encoder.md");
        var own = StrictYaml.Read<OwnEncoder>(places, CurrentSchema, Fix);
        if (own.Problem() is var (key, problem)) throw new MedBenchException($"{places.Of(key)}: {problem}", Fix);
        return own.Card(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The model that it describes.</summary>
    /// <param name="folder">Where the card is.</param>
    public ModelCard Card(string folder)
    {
        var options = new OnnxOptions(Output.Pooling, Input.Name, Input.Layout, Output.Name, Output.PrefixTokens, new(Data, StringComparer.Ordinal));
        return new ModelCard(
            Name, ModelCard.OnnxArchitecture, Family, JsonSerializer.SerializeToElement(options, ModelCard.Json), Input.Mean, Input.Std, Input.Size, "", License, TrainedOn, 0, Gmacs,
            new WeightSource(Path: Path.GetFullPath(Path.Combine(folder, File)), Sha256: Sha256), DefaultClasses: 0, Input.Channels, Input.PixelMax);
    }

    /// <summary>What such a model was read from, with the file's name alone; null for a model of the benchmark's own.</summary>
    public static OwnEncoder? Of(ModelCard card)
    {
        if (!card.IsOnnx) return null;
        var options = card.OptionsAs<OnnxOptions>();
        return new OwnEncoder
        {
            Schema = CurrentSchema,
            Name = card.Name,
            File = Path.GetFileName(card.Hub!.Path!),
            Sha256 = card.Hub.Sha256!,
            Data = new(options.Data),
            Input = new() { Name = options.Input, Size = card.InputSize, Layout = options.Layout, Channels = card.ChannelOrder, PixelMax = card.PixelMax, Mean = card.Mean, Std = card.Std },
            Output = new() { Name = options.Output, Pooling = options.Pooling, PrefixTokens = options.PrefixTokens },
            Family = card.Kind,
            TrainedOn = card.Pretraining,
            License = card.License,
            Gmacs = card.Gmacs,
        };
    }

    /// <summary>A model of the benchmark's own as ONNX Runtime runs its checkpoint, for comparison; null where the checkpoint is no ONNX file.</summary>
    /// <param name="card">A model whose features are its graph's only output.</param>
    /// <param name="file">Its checkpoint.</param>
    public static ModelCard? OfCheckpoint(ModelCard card, string file) => card.IsOnnx || card.Hub?.Sha256 is not { } digest || Path.GetExtension(file) != ".onnx" ? null : new OwnEncoder
    {
        Schema = CurrentSchema,
        Name = card.Name,
        File = Path.GetFullPath(file),
        Sha256 = digest,
        Input = new() { Size = card.InputSize, Channels = card.ChannelOrder, PixelMax = card.PixelMax, Mean = card.Mean, Std = card.Std },
        Output = new() { Pooling = OutputPooling.None },
        Family = card.Kind,
        TrainedOn = card.Pretraining,
        License = card.License,
    }.Card("");

    private (object[] Key, string Problem)? Problem()
    {
        if (Name.Length == 0 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_')) return (["name"], $"'{Name}' has other characters than lower-case letters, digits, hyphens, points and underscores");
        if (ModelCatalog.Find(Name) is not null) return (["name"], $"{Name} is a model that the benchmark knows");
        if (!IsDigest(Sha256)) return (["sha256"], $"'{Sha256}' is not a SHA-256: 64 lower-case hex digits, as sha256sum {File} prints them");
        if (Data.FirstOrDefault(d => !IsDigest(d.Value)) is { Key: { } name, Value: var digest }) return (["data", name], $"'{digest}' is not a SHA-256: 64 lower-case hex digits, as sha256sum {name} prints them");
        if (!Limits.Pixels.Holds(Input.Size)) return (["input", "size"], $"{Input.Size} px; give a size {Limits.Pixels}");
        if (Input.PixelMax is not (1 or 255)) return (["input", "pixel-max"], $"{Input.PixelMax}; it is 1 or 255");
        if (Input.Mean.Length != 3) return (["input", "mean"], $"{Input.Mean.Length} values; give 3");
        if (Input.Std.Length != 3 || Input.Std.Any(s => s <= 0)) return (["input", "std"], "give 3 values above 0");
        if (Output.PrefixTokens < 0) return (["output", "prefix-tokens"], $"{Output.PrefixTokens}; give at least 0");
        return Gmacs < 0 ? (["gmacs"], $"{Gmacs}; give at least 0") : null;
    }

    private static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
