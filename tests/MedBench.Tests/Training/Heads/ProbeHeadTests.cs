using MedBench.Core.Errors;
using MedBench.Tests.Training.Engine;
using MedBench.Training.Heads;
using MedBench.Training.Optimization;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Heads;

[Collection(TorchCollection.Name)]
public sealed class ProbeHeadTests
{
    private static readonly HeadRule s_mlp = new() { Kind = HeadKind.Mlp, Hidden = 8 };
    private static readonly HeadRule s_attention = new() { Kind = HeadKind.AttentionPool, AttentionHeads = 3 };

    public static TheoryData<string> Kinds => ["mlp", "attention-pool"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Head_OnCachedFeatures_AgreesWithTheLiveOne(string kind)
    {
        using var live = Probe(kind);
        using var cached = Probe(kind, cached: true);
        var (expected, actual) = (live.Train(), cached.Train());
        Assert.Equal(expected.BestEpoch, actual.BestEpoch);
        Assert.All(expected.Last!.Probabilities.Zip(actual.Last!.Probabilities), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.True(actual.History[^1].TrainLoss < actual.History[0].TrainLoss);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Head_LeavesTheModelBitIdentical(string kind)
    {
        using var run = Probe(kind);
        var before = run.Weights.Select(w => w.clone()).ToList();
        run.Train();
        foreach (var (a, b) in before.Zip(run.Weights)) Assert.True(a.eq(b).all().item<bool>());
    }

    [Fact]
    public void Head_OnBatchNormInTrainingMode_UpdatesRunningStatisticsOnly()
    {
        using var run = Probe("mlp").With(batchNorm: true);
        using var before = run.Model.RunningMean!.clone();
        run.Train();
        Assert.False(before.eq(run.Model.RunningMean!).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Head_CancelledAndResumed_EndsWithTheSameBits(string kind)
    {
        using var whole = Probe(kind);
        using var broken = Probe(kind);
        var expected = whole.Train();
        broken.NewCheckpoint();
        broken.CancelAt(5);
        Assert.True(File.Exists(broken.Checkpoint));
        Assert.Equal(expected.Last!.Probabilities, broken.Train().Last!.Probabilities);
    }

    // No line separates XOR.
    [Fact]
    public void Mlp_LearnsWhatNoLinearHeadCan()
    {
        manual_seed(1);
        using var head = new MlpHead(2, 16, 2);
        using var adam = new FlatAdam([.. head.parameters()], new AdamOptions(0.05));
        var (x, y) = (tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), tensor(new long[] { 0, 1, 1, 0 }));
        for (int step = 0; step < 200; step++)
        {
            adam.ZeroGradients();
            nn.functional.cross_entropy(head.call(x), y).backward();
            adam.Step();
        }
        Assert.True(head.call(x).argmax(1).eq(y).all().item<bool>());
    }

    [Fact]
    public void Create_Linear_IsTheModelsOwnClassifier()
    {
        using var model = new TinyModel(4);
        Assert.Null(ProbeHead.Create(null, model, 4, 0));
        Assert.Null(ProbeHead.Create(new HeadRule { Kind = HeadKind.Linear }, model, 4, 0));
    }

    [Fact]
    public void Create_IsTheSeeds()
    {
        using var model = new TinyModel(4);
        float[] Values(int seed) => [.. ProbeHead.Create(s_mlp, model, 4, seed)!.parameters().First().data<float>()];
        Assert.Equal(Values(1), Values(1));
        Assert.NotEqual(Values(1), Values(2));
    }

    [Fact]
    public void Create_HeadsThatDoNotDivideTheWidth_AreOneClearError()
    {
        using var model = new TinyModel(4);
        var error = Assert.Throws<MedBenchException>(() => ProbeHead.Create(s_attention with { AttentionHeads = 4 }, model, 4, 0));
        Assert.Contains("4 attention heads do not divide the 6 channels", error.Message, StringComparison.Ordinal);
    }

    private static TinyRun Probe(string kind, bool cached = false) => new()
    {
        Head = kind == "mlp" ? s_mlp : s_attention,
        Method = TinyRun.EndToEnd with { Encoder = null },
        Cached = cached,
    };
}
