using MedBench.Core.Files;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Weights;
using MedBench.Tests.Training.Engine;
using MedBench.Training.Batches;
using MedBench.Training.Features;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Features;

[Collection(TorchCollection.Name)]
public sealed class FeatureStoreTests : IDisposable
{
    private static readonly InputPipelineOptions s_input = new(16, ResizeMode.None, PillowFilter.Bilinear, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
    private static readonly FeatureKey s_key = new("md5", Split.Train, "all", "tiny", "sha", s_input, "float32");
    private readonly TestFolder _folder = new();
    private readonly TinyModel _model = new(4, batchNorm: true, dropout: 0.5);
    private readonly Tensor _images = randn(11, 3, 16, 16);
    private readonly FeatureStore _store;
    private int _extractions;

    public FeatureStoreTests() => _store = new FeatureStore(_folder.Path);

    public static IEnumerable<object[]> OtherKeys() =>
    [
        [s_key with { DatasetMd5 = "other" }],
        [s_key with { Split = Split.Test }],
        [s_key with { Subset = "10-shot" }],
        [s_key with { Model = "other" }],
        [s_key with { Weights = "other" }],
        [s_key with { Precision = "tf32" }],
        [s_key with { Layer = FeatureLayer.Tokens }],
        [s_key with { Input = s_input with { InputSize = 17 } }],
        [s_key with { Input = s_input with { Resize = ResizeMode.Scale } }],
        [s_key with { Input = s_input with { Filter = PillowFilter.Nearest } }],
        [s_key with { Input = s_input with { Mean = [0.5f, 0.5f, 0.6f] } }],
        [s_key with { Input = s_input with { Std = [0.25f, 0.25f, 0.3f] } }],
    ];

    [Fact]
    public void Get_SecondTime_ReadsTheSameBits()
    {
        using var expected = Features();
        using var first = Get();
        using var second = Get();
        Assert.Equal([11, 6], first.shape);
        Assert.True(expected.eq(first).all().item<bool>());
        Assert.True(expected.eq(second).all().item<bool>());
        Assert.Equal(1, _extractions);
    }

    [Theory]
    [MemberData(nameof(OtherKeys))]
    public void Get_AnyOtherKey_IsComputedAnew(FeatureKey other)
    {
        Get().Dispose();
        Get(other).Dispose();
        Assert.Equal(2, _extractions);
        Assert.Equal(2, Files().Length);
        Get(other with { }).Dispose();
        Assert.Equal(2, _extractions);
    }

    [Fact]
    public void Get_Tokens_AreThePlacesOfTheLastMapRowByRow()
    {
        using var tokens = Get(s_key with { Layer = FeatureLayer.Tokens });
        using var pooled = Get();
        Assert.Equal([11, 49, 6], tokens.shape); // a 3x3 convolution of stride 2 on 16x16: 7x7 places
        using var _ = no_grad();
        Assert.True(_model.ForwardFeatures(_images).permute(0, 2, 3, 1).reshape(11, 49, 6).eq(tokens).all().item<bool>());
        Assert.True(tokens.mean([1]).allclose(pooled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a file of features")]
    [InlineData(null)]
    public void Get_DamagedFile_IsComputedAgain(string? content)
    {
        using var expected = Get();
        string path = Assert.Single(Files());
        byte[] half = File.ReadAllBytes(path)[..80];
        AtomicFile.Write(path, stream => stream.Write(content is null ? half : System.Text.Encoding.UTF8.GetBytes(content)));
        using var actual = Get();
        Assert.True(expected.eq(actual).all().item<bool>());
        Assert.Equal(2, _extractions);
        Get().Dispose();
        Assert.Equal(2, _extractions);
    }

    [Theory]
    [InlineData("a byte flipped")]
    [InlineData("all zeroes")]
    [InlineData("features of something else")]
    [InlineData("no checksum")]
    public void Get_WholeFileWithOtherNumbers_IsComputedAgain(string damage)
    {
        using var expected = Features();
        Get().Dispose();
        string path = Assert.Single(Files());
        byte[] bytes = File.ReadAllBytes(path);
        const int Data = 11 * 6 * sizeof(float);
        switch (damage)
        {
            case "a byte flipped": bytes[^(Data / 2)] ^= 1; break;
            case "all zeroes": bytes.AsSpan(bytes.Length - Data).Clear(); break;
            case "features of something else": Get(s_key with { Split = Split.Test }).Dispose(); bytes = File.ReadAllBytes(Files().Single(f => f != path)); break;
            case "no checksum": SafetensorsWriter.Write(_folder.File("old"), [("features", expected)]); bytes = File.ReadAllBytes(_folder.File("old")); break;
        }
        File.Delete(path);
        AtomicFile.Write(path, stream => stream.Write(bytes));
        int before = _extractions;

        using var actual = Get();

        Assert.True(expected.eq(actual).all().item<bool>());
        Assert.Equal(before + 1, _extractions);
        Get().Dispose();
        Assert.Equal(before + 1, _extractions);
    }

    [Fact]
    public void Get_File_NamesItsSource()
    {
        Get().Dispose();
        using var file = Checkpoint.Open(Assert.Single(Files()));
        Assert.Contains("\"Model\":\"tiny\"", file.Notes["source"]);
        Assert.Matches("^[0-9a-f]{16}$", file.Notes["xxh3"]);
    }

    [Fact]
    public void Get_FromTwoThreads_GivesBothTheWhole()
    {
        using var expected = Features();
        var results = new Tensor[2];
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() => results[i] = Get())).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.All(results, r => Assert.True(expected.eq(r).all().item<bool>()));
        Assert.Single(Files());
    }

    [Fact]
    public void Get_Cancelled_KeepsNothing()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Cancelling(cancel);
        Assert.Throws<OperationCanceledException>(() => _store.Get(s_key, () => _model, Source, 4, CPU, progress, cancel.Token));
        Assert.Equal(4, progress.Last);
        Assert.Empty(Files());
    }

    public void Dispose()
    {
        _folder.Dispose();
        _model.Dispose();
        _images.Dispose();
    }

    private string[] Files() => Directory.GetFiles(_folder.Path);

    private Tensor Get(FeatureKey? key = null) => _store.Get(key ?? s_key, () => _model, Source, 4, CPU);

    private Tensor Features()
    {
        _model.eval();
        using var _ = no_grad();
        return cat([.. new[] { (0, 4), (4, 4), (8, 3) }.Select(part => _model.PreLogits(_images.narrow(0, part.Item1, part.Item2)))]);
    }

    private FeatureBatches Source()
    {
        Interlocked.Increment(ref _extractions);
        return new FeatureBatches(_images.clone(), zeros(11, ScalarType.Int64));
    }

    private sealed class Cancelling(CancellationTokenSource cancel) : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value)
        {
            Last = value;
            cancel.Cancel();
        }
    }
}
