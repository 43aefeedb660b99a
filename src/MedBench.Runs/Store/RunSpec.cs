using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MedBench.Core.Text;
using MedBench.Data.Preprocessing;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Store;

/// <summary>Everything that changes the result of a run, and nothing else: its hash is the run's id.</summary>
/// <param name="Protocol">Version of this code's protocol, raised when equal specs would give other results.</param>
/// <param name="Dataset">For example <c>breastmnist</c>.</param>
/// <param name="DatasetMd5">MD5 of the data file.</param>
/// <param name="Size">Pixels of the data file.</param>
/// <param name="InputSize">Pixels that the network sees.</param>
/// <param name="Resize">How <paramref name="Size"/> becomes <paramref name="InputSize"/>: <c>none</c>, <c>bilinear</c>, <c>zero-pad</c> …</param>
/// <param name="Subset">Training images used.</param>
/// <param name="Model">Full name with its tag.</param>
/// <param name="Weights">What the model started from.</param>
/// <param name="Method">For example <c>linear-probing</c>.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="RecipeHash">Hash of all its settings.</param>
/// <param name="Seed">Seed of every random choice.</param>
/// <param name="Precision">Arithmetic that was effectively used.</param>
public sealed record RunSpec(
    int Protocol,
    string Dataset,
    string DatasetMd5,
    int Size,
    int InputSize,
    string Resize,
    SubsetDraw Subset,
    string Model,
    WeightsId Weights,
    MethodName Method,
    string Recipe,
    string RecipeHash,
    long Seed,
    Precision Precision)
{
    /// <summary>Raised when equal specs would give other results.</summary>
    public const int CurrentProtocol = 1;

    private const int IdLength = 16;

    /// <summary>The first 16 hex digits of the SHA-256 of <see cref="CanonicalJson"/>: the folder of the run.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Canonical())))[..IdLength];

    /// <summary>Whether a folder's name can be the id of a run: a results folder may hold others, of its disk or of its user.</summary>
    public static bool IsId(string name) => name.Length == IdLength && name.All(char.IsAsciiHexDigitLower);

    /// <summary>The identity of <paramref name="request"/>.</summary>
    public static RunSpec Of(RunRequest request) => Of(request.Configuration, request.Dataset.Md5, request.Weights.Id, request.Seed, request.Effective);

    /// <summary>The identity of a run that need not be possible here: neither its data nor its checkpoint is opened.</summary>
    /// <param name="run">What is run.</param>
    /// <param name="datasetMd5">MD5 of the data file.</param>
    /// <param name="weights"><see cref="InitialWeights.Id"/> of what it starts from.</param>
    /// <param name="seed">The seed; k-NN does not use it.</param>
    /// <param name="precision">Arithmetic that is effectively used.</param>
    public static RunSpec Of(RunConfiguration run, string datasetMd5, WeightsId weights, int seed, Precision precision = Precision.Fp32) => new(
        CurrentProtocol, run.Dataset.Name, datasetMd5, run.Size, run.Input.InputSize, ResizeName(run.Input, run.Size), run.Draw(seed),
        run.Model.Name, weights, run.Method, run.Recipe.Name, run.ProtocolHash, run.Rule.Neighbours is null ? seed : 0, precision);

    /// <summary>One line of JSON, keys in ordinal order, without spaces.</summary>
    public string CanonicalJson() => Canonical().ToJsonString();

    private JsonObject Canonical()
    {
        var members = JsonSerializer.SerializeToNode(this, StrictJson.Options)!.AsObject();
        return new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
    }

    private static string ResizeName(InputPipelineOptions input, int size) => input.Resize switch
    {
        _ when size == input.InputSize => "none",
        ResizeMode.Scale => input.Filter.ToString().ToLowerInvariant(),
        ResizeMode.PadBeforeNormalize => "zero-pad-before-normalize",
        _ => "zero-pad-after-normalize",
    };
}
