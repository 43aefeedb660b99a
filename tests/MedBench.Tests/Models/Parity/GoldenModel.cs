using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedBench.Tests.Models.Parity;

/// <summary>One file of Golden/models: what timm on PyTorch computes for a model filled by the formula.</summary>
public sealed record GoldenModel(
    string Timm,
    int NumClasses,
    int NumFeatures,
    float[] Mean,
    float[] Std,
    int[] PretrainedInput,
    string? HubId,
    string Classifier,
    long Parameters,
    string[] Trainable,
    string[] ClassifierParameters,
    GoldenInput Input,
    GoldenTensor[] StateDict,
    GoldenEval Eval,
    GoldenTraining? Train)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden", "models");

    public static GoldenModel Load(string file) => JsonSerializer.Deserialize<GoldenModel>(File.ReadAllBytes(Path.Combine(Folder, file + ".json")), s_json)!;
}

public sealed record GoldenInput(string Key, long[] Shape, double Scale);

public sealed record GoldenTensor(string Name, long[] Shape, string Dtype, string Fill);

public sealed record GoldenEval(GoldenSample ForwardFeatures, GoldenSample PreLogits, [property: JsonConverter(typeof(RowsConverter))] double[] Logits);

/// <summary>A tensor by its statistics and some of its values.</summary>
public sealed record GoldenSample(long[] Shape, double Mean, double Std, double L2, long[] Index, double[] Value);

public sealed record GoldenTraining(
    long[] Labels,
    double EncoderLr,
    double ClassifierLr,
    double WeightDecay,
    double[] Losses,
    [property: JsonPropertyName("grad_l2_step0")] Dictionary<string, double> GradientNorms);

/// <summary>Reads rows of numbers as one flat array.</summary>
public sealed class RowsConverter : JsonConverter<double[]>
{
    public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. JsonSerializer.Deserialize<double[][]>(ref reader, options)!.SelectMany(row => row)];

    public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
