using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static MedBench.Tests.Models.Weights.Onnx;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Onnx;

/// <summary>Encoders by ONNX Runtime: what exporters write, and one clear error for each thing that is wrong.</summary>
public sealed class OnnxEncoderTests : IDisposable
{
    private const int Side = 8, Width = 4;

    private static readonly float[] s_weights = [.. Enumerable.Range(0, 3 * Side * Side * Width).Select(i => ((i * 37 % 101) - 50) / 100f)];

    // (N, 3, 8, 8) -> (N, 4)
    private static readonly byte[][] s_vector =
    [
        Node("Flatten", ["x"], ["flat"], Attribute("axis", 1L)), Node("MatMul", ["flat", "w"], ["f"]),
        Floats("w", [3 * Side * Side, Width], s_weights), Images("n"), Output("f", F32, "n", Width),
    ];

    // (N, 3, 8, 8) -> (N, 64, 3): a token for each pixel.
    private static readonly byte[][] s_tokens =
    [
        Integers("shape", 0, 3, Side * Side), Node("Reshape", ["x", "shape"], ["rows"]), Node("Transpose", ["rows"], ["f"], Attribute("perm", 0, 2, 1)),
        Images("n"), Output("f", F32, "n", Side * Side, 3),
    ];

    private readonly TestFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void PreLogits_OfAVector_AreTheGraphs()
    {
        using var model = Create(s_vector);
        var x = Batch(3);
        Close(x.flatten(1).matmul(tensor(s_weights).view(-1, Width)), model.PreLogits(x));
        Assert.Equal((Width, 2, false), (model.NumFeatures, model.NumClasses, model.HasBatchDependentFeatures));
        Assert.Equal(["head.weight", "head.bias"], model.named_parameters().Select(p => p.name));
        Assert.Equal([3L, 2], model.call(x).shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PreLogits_OfAFixedBatch_AreThoseOfAFreeOne(int batch)
    {
        using var model = Create([.. s_vector[..3], Images(batch), Output("f", F32, batch, Width)]);
        var x = Batch(5);
        Close(x.flatten(1).matmul(tensor(s_weights).view(-1, Width)), model.PreLogits(x));
    }

    [Fact]
    public void PreLogits_OfFreeHeightAndWidth_AreThoseAtTheCardsSize()
    {
        using var model = Create([Node("Identity", ["x"], ["f"]), Input("x", F32, "n", 3, "height", "width"), Output("f", F32, "n", 3, "height", "width")], "{ pooling: spatial-mean }");
        Close(Batch(2).mean([2, 3]), model.PreLogits(Batch(2)));
    }

    // A normalisation in the graph is part of the features: nothing is divided a second time.
    [Fact]
    public void PreLogits_NormalisedInTheGraph_StayOfUnitLength()
    {
        using var model = Create([.. s_vector[..3], Node("LpNormalization", ["f"], ["g"], Attribute("axis", 1L), Attribute("p", 2L)), Images("n"), Output("g", F32, "n", Width)]);
        var x = Batch(3);
        Close(nn.functional.normalize(x.flatten(1).matmul(tensor(s_weights).view(-1, Width))), model.PreLogits(x));
    }

    [Fact]
    public void PreLogits_OfTokens_AreThePooledOnes()
    {
        var x = Batch(2);
        var rows = x.flatten(2).transpose(1, 2);
        using var first = Create(s_tokens, "{ pooling: class-token }");
        using var mean = Create(s_tokens, "{ pooling: mean-of-patches, prefix-tokens: 5 }");
        Close(rows.select(1, 0), first.PreLogits(x));
        Close(rows.narrow(1, 5, 59).mean([1]), mean.PreLogits(x));
        Close(rows, mean.Tokens(x));
    }

    [Fact]
    public void PreLogits_OfChannelsLast_AreTheMeansOfTheMap()
    {
        using var model = Create([Node("Identity", ["x"], ["f"]), Input("x", F32, "n", Side, Side, 3), Output("f", F32, "n", Side, Side, 3)], "{ pooling: spatial-mean }", "layout: nhwc");
        var x = Batch(2);
        Close(x.mean([2, 3]), model.PreLogits(x));
    }

    [Fact]
    public void PreLogits_OfFloat16_AreReadAsFloat32()
    {
        using var model = Create([Node("Identity", ["x"], ["f"]), Input("x", F16, "n", 3, Side, Side), Output("f", F16, "n", 3, Side, Side)], "{ pooling: spatial-mean }");
        var features = model.PreLogits(Batch(2));
        Assert.Equal(ScalarType.Float32, features.dtype);
        Close(Batch(2).mean([2, 3]), features, 1e-3);
    }

    [Fact]
    public void PreLogits_OfBytes_GetPixelsFrom0To255()
    {
        byte[][] graph = [Node("Cast", ["x"], ["f"], Attribute("to", (long)F32)), Input("x", U8, "n", 3, Side, Side), Output("f", F32, "n", 3, Side, Side)];
        using var model = Create(graph, "{ pooling: spatial-mean }", "pixel-max: 255");
        Close(tensor(new float[] { 2, 2, 2 }).view(1, 3), model.PreLogits(full([1, 3, Side, Side], 2.4)));
    }

    [Fact]
    public void PreLogits_OfSeveralOutputs_AreOfTheNamedOne()
    {
        byte[][] graph = [.. s_vector, Node("Neg", ["f"], ["g"]), Output("g", F32, "n", Width)];
        using var model = Create(graph, "{ name: g, pooling: none }");
        Close(-Batch(1).flatten(1).matmul(tensor(s_weights).view(-1, Width)), model.PreLogits(Batch(1)));
        Refused(graph, "has 2 outputs: 'f', 'g'");
        Refused(graph, "has no output 'h'; it has 'f', 'g'", "{ name: h, pooling: none }");
    }

    [Fact]
    public void Create_WeightsBesideTheGraph_NeedTheirDigest()
    {
        byte[][] graph = [.. s_vector[..2], External("w", [3 * Side * Side, Width], "w.data", 0, s_weights.Length * 4), .. s_vector[3..]];
        Refused(graph, "keeps weights in 'w.data', and there is no such file beside it");
        string data = _folder.Write("w.data", System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(s_weights)), digest = Sha256.OfFile(data);
        Refused(graph, "keeps weights in 'w.data', which the card does not name");
        Refused(graph, $"w.data has the SHA256 {digest}, not {new string('0', 64)}", more: $"data: {{ w.data: {new string('0', 64)} }}");
        Refused(s_vector, "keeps no weights in 'w.data'", more: $"data: {{ w.data: {digest} }}");
        using var model = Create(graph, more: $"data: {{ w.data: {digest} }}");
        Close(Batch(1).flatten(1).matmul(tensor(s_weights).view(-1, Width)), model.PreLogits(Batch(1)));
        Refused([.. s_vector[..2], External("w", [3 * Side * Side, Width], "../w.data", 0, s_weights.Length * 4), .. s_vector[3..]], "outside of its folder");
    }

    public static TheoryData<string, byte[][], string, string> Wrong() => new()
    {
        { "size", [Node("Identity", ["x"], ["f"]), Input("x", F32, "n", 3, 9, 9), Output("f", F32, "n", 3, 9, 9)], "", "input 'x' is [n, 3, 9, 9], and the card says size 8" },
        { "layout", [.. s_vector[..3], Input("x", F32, "n", Side, Side, 3), s_vector[4]], "", "with layout nchw, 8 channels, and 3 are given" },
        { "no images", [Node("Identity", ["x"], ["f"]), Input("x", F32, "n", 7), Output("f", F32, "n", 7)], "", "input 'x' is [n, 7]: not a batch of images" },
        { "two inputs", [.. s_vector, Input("mask", F32, "n")], "name: x", "needs 'mask' beside the images 'x'" },
        { "integers in", [Node("Cast", ["x"], ["f"], Attribute("to", (long)F32)), Input("x", I64, "n", 3, Side, Side), Output("f", F32, "n", 3, Side, Side)], "", "input 'x' is of type int64" },
        { "bfloat16 in", [Node("Cast", ["x"], ["f"], Attribute("to", (long)F32)), Input("x", BF16, "n", 3, Side, Side), Output("f", F32, "n", 3, Side, Side)], "", "input 'x' is of type bfloat16" },
        { "bfloat16 out", [Node("Cast", ["x"], ["f"], Attribute("to", (long)BF16)), Images("n"), Output("f", BF16, "n", 3, Side, Side)], "", "output 'f' is of type bfloat16" },
        { "pooling", s_tokens, "", "output 'f' is [1, 64, 3], which pooling none cannot take" },
        { "dropout", [.. s_vector[..2], s_vector[2], Node("RandomNormalLike", ["f"], ["noise"]), Node("Add", ["f", "noise"], ["g"]), Images("n"), Output("g", F32, "n", Width)], "", "from one run to the next" },
        { "batch statistics", [.. s_vector[..3], Node("ReduceMean", ["f"], ["m"], Attribute("axes", [0])), Node("Sub", ["f", "m"], ["g"]), Images("n"), Output("g", F32, "n", Width)], "", "when another is in its batch" },
        { "constant", [.. s_vector[..3], Node("Sub", ["f", "f"], ["g"]), Images("n"), Output("g", F32, "n", Width)], "", "is the same for two images that differ" },
        { "infinite", [Node("Log", ["x"], ["l"]), Node("Flatten", ["l"], ["f"], Attribute("axis", 1L)), Images("n"), Output("f", F32, "n", 192)], "", "is not finite" },
        { "one row for all", [.. s_vector[..3], Node("ReduceMean", ["f"], ["g"], Attribute("axes", [0]), Attribute("keepdims", 0)), Images("n"), Output("g", F32, Width)], "", "it has not one row for each" },
        { "unknown operator", [Node("Conjure", ["x"], ["f"]), Images("n"), Output("f", F32, "n", Width)], "", "cannot open the graph" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Create_WrongGraph_SaysOneThing(string name, byte[][] graph, string input, string problem)
    {
        Assert.NotEmpty(name);
        Refused(graph, problem, input: input);
    }

    [Fact]
    public void Create_NewerThanTheRuntime_SaysSo()
    {
        foreach (byte[] model in (byte[][])[Model(s_vector, opset: 99), Model(s_vector, ir: 99)])
        {
            var e = Assert.Throws<MedBenchException>(() => ModelCatalog.Create(Card(model), 0));
            Assert.Contains("the file is newer than the runtime", e.Fix, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Create_NoOnnx_SaysSo()
    {
        var e = Assert.Throws<MedBenchException>(() => ModelCatalog.Create(Card([0x80, 2, 3, 4]), 0));
        Assert.Contains("is no ONNX model", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_MissingOrChanged_SaysSo()
    {
        var card = Card(Model(s_vector));
        Assert.Equal(card.Hub!.Sha256, (await ModelCheckpoints.GetAsync(card)).Sha256);
        _folder.Write("e.onnx", Model(s_tokens));
        Assert.Contains("SHA256", (await Assert.ThrowsAsync<MedBenchException>(() => ModelCheckpoints.GetAsync(card))).Message, StringComparison.Ordinal);
        File.Delete(_folder.File("e.onnx"));
        Assert.Contains("e.onnx does not exist", (await Assert.ThrowsAsync<MedBenchException>(() => ModelCheckpoints.GetAsync(card))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema: 1", "schema: 2", "e.yaml:1:")]
    [InlineData("name: mine", "name: resnet18.a1_in1k", "e.yaml:2:")]
    [InlineData("name: mine", "name: ../x", "e.yaml:2:")]
    [InlineData("size: 8", "size: 0", "e.yaml:5:16")]
    [InlineData("size: 8", "size: 8, mean: [0, 1]", "e.yaml:5:25")]
    [InlineData("size: 8", "size: 8, std: [0, 1, 1]", "e.yaml:5:24")]
    [InlineData("size: 8", "size: 8, pixel-max: 2", "e.yaml:5:30")]
    [InlineData("pooling: none", "pooling: sum", "e.yaml:6:")]
    [InlineData("pooling: none", "pooling: none, prefix-tokens: -1", "e.yaml:6:")]
    [InlineData("family: cnn", "family: mlp", "e.yaml:7:")]
    [InlineData("trained-on: nothing", "trained: nothing", "e.yaml:8:")]
    [InlineData("sha256: ", "sha256: 0", "e.yaml:4:")]
    public void Read_FaultyCard_NamesFileAndLine(string right, string wrong, string place)
    {
        Card(Model(s_vector));
        string yaml = File.ReadAllText(_folder.File("e.yaml"));
        Assert.Contains(right, yaml, StringComparison.Ordinal);
        _folder.Write("e.yaml", Encoding.UTF8.GetBytes(yaml.Replace(right, wrong)));
        Assert.Contains(place, Assert.Throws<MedBenchException>(() => OwnEncoder.Read(_folder.File("e.yaml"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_OfTrainingTheEncoder_IsRefused()
    {
        var run = new RunConfiguration(DatasetCatalog.Get("breastmnist"), 28, Card(Model(s_vector)), RecipeCatalog.Get("doerrich2025"), new MethodName("end-to-end"));
        Assert.Contains("has no gradients", Assert.Throws<MedBenchException>(() => run.Rule).Message, StringComparison.Ordinal);
        Assert.NotNull((run with { Method = new MethodName("linear-probing") }).Rule);
        Assert.Equal(Side, run.Input.InputSize);
    }

    [Fact]
    public void Settings_OfARecord_HoldTheCard()
    {
        var card = Card(Model(s_tokens), "{ name: f, pooling: mean-of-patches, prefix-tokens: 5 }", "layout: nchw, channels: bgr, pixel-max: 255, mean: [0.1, 2, 3]", "gmacs: 0.5");
        var run = new RunConfiguration(DatasetCatalog.Get("breastmnist"), 28, card, RecipeCatalog.Get("doerrich2025"), new MethodName("knn"));
        var text = Encoding.UTF8.GetBytes(StrictJson.Write(RunSettings.Of(run)));
        var back = StrictJson.Read<RunSettings>(text, "x").Encoder!.Card(_folder.Path);
        Assert.Equal(card.Options.GetRawText(), back.Options.GetRawText());
        Assert.Equal((card.Name, card.Hub, card.InputSize, card.ChannelOrder, card.PixelMax, card.Kind), (back.Name, back.Hub, back.InputSize, back.ChannelOrder, back.PixelMax, back.Kind));
        Assert.Equal(run.ProtocolHash, (run with { Model = back }).ProtocolHash);
        Assert.Null(RunSettings.Of(run with { Model = ModelCatalog.Get("resnet18.a1_in1k") }).Encoder);
    }

    [Fact]
    public void Weights_OfAnotherReading_AreOthers()
    {
        string Id(string output) => InitialWeightsOf(output).Id.ToString();
        Assert.Equal(Id("{ pooling: class-token }"), Id("{ pooling: class-token }"));
        Assert.NotEqual(Id("{ pooling: class-token }"), Id("{ pooling: mean-of-patches }"));
        Assert.Contains("pooling class-token, by ONNX Runtime", Assert.Single(InitialWeightsOf("{ pooling: class-token }").Notes()), StringComparison.Ordinal);
    }

    private InitialWeights InitialWeightsOf(string output)
    {
        var card = Card(Model(s_tokens), output);
        return InitialWeights.From(card, ModelCheckpoints.Find(card)!);
    }

    private static byte[] Images(object batch) => Input("x", F32, batch, 3, Side, Side);

    private static Tensor Batch(int images) => arange(images * 3 * Side * Side).to(ScalarType.Float32).mul(0.37).sin().view(images, 3, Side, Side);

    private static void Close(Tensor expected, Tensor found, double tolerance = 1e-5)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, tolerance);
    }

    private void Refused(byte[][] graph, string problem, string output = "{ pooling: none }", string input = "", string more = "")
    {
        var e = Assert.Throws<MedBenchException>(() => Create(graph, output, input, more));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Fix);
    }

    private ImageModel Create(byte[][] graph, string output = "{ pooling: none }", string input = "", string more = "") =>
        ModelCatalog.Create(Card(Model(graph), output, input, more), 2);

    private MedBench.Models.Cards.ModelCard Card(byte[] model, string output = "{ pooling: none }", string input = "", string more = "")
    {
        string digest = Sha256.OfFile(_folder.Write("e.onnx", model));
        return OwnEncoder.Read(_folder.Write("e.yaml", Encoding.UTF8.GetBytes(
            $"schema: 1\nname: mine\nfile: e.onnx\nsha256: {digest}\ninput: {{ size: 8{(input.Length > 0 ? ", " : "")}{input} }}\noutput: {output}\nfamily: cnn\ntrained-on: nothing\nlicense: none\n{more}\n")));
    }
}
