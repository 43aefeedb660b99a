using MedBench.Core.Errors;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Bytes;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

public sealed class StateDictLoaderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_DifferentKeys_ExplainsAllAndChangesNothing()
    {
        using var module = Network();
        string path = Save(
            ("conv.weight", zeros(2, 3, 3, 3)), ("conv.bias", zeros(2)), ("norm.weight", zeros(2)), ("norm.bias", zeros(2)),
            ("norm.running_mean", zeros(2)), ("norm.running_var", zeros(2)), ("head.weights", zeros(5, 2)), ("token", zeros(1)));
        byte[] before = Bytes(module);
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, path));
        Assert.Equal(
            $"""
            {path} does not fit Sequential: 2 missing, 2 unexpected, 1 of another shape or type
              missing in the file:
                head: weight float32 [5, 2], bias float32 [5]  (nearest in the file: head.weights)
              unexpected in the file:
                head: weights float32 [5, 2]
                token: float32 [1]
              of another shape or type:
                conv.weight: float32 [2, 3, 3, 3] in the file, float32 [2, 1, 3, 3] in the module
            """, e.Message);
        Assert.Equal(before, Bytes(module));
    }

    [Fact]
    public void Load_ManyDifferentKeys_CapsTheList()
    {
        using var module = Network();
        string path = Save([.. Enumerable.Range(0, 10).Select(i => ($"blocks.{i}.w", zeros(1)))]);
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, path));
        Assert.Contains("8 missing, 10 unexpected", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n    blocks.7: w float32 [1]\n    … and 2 more", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Load_OtherFloatType_ConvertsInPlace(ScalarType type)
    {
        using var module = Network();
        var stored = StateDict.Of(module).Select(e => (e.Name, e.Tensor.is_floating_point() ? rand_like(e.Tensor).to(type) : e.Tensor)).ToArray();
        var live = module.parameters().First();
        var report = StateDictLoader.Load(module, Save(stored));
        Assert.Equal(8, report.Converted.Count);
        Assert.Equal(stored[0].Item2.to(ScalarType.Float32).data<float>().ToArray(), live.data<float>().ToArray());
        Assert.True(live.requires_grad);
    }

    [Fact]
    public void Load_IntegerForFloat_IsRefused()
    {
        using var module = nn.Sequential(("l", nn.Linear(1, 1)));
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, Save(("l.weight", zeros(1, 1, ScalarType.Int64)), ("l.bias", zeros(1)))));
        Assert.Contains("l.weight: int64 [1, 1] in the file, float32 [1, 1] in the module", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ReplacedHead_StaysFresh()
    {
        using var module = Network();
        var stored = Full(module).Where(e => !e.Name.StartsWith("head", StringComparison.Ordinal)).Append(("head.weight", zeros(1000, 2))).Append(("head.bias", zeros(1000))).ToArray();
        var head = module.get_parameter("head.weight")!.clone();
        var report = StateDictLoader.Load(module, Save(stored), new LoadOptions { ReplacedPrefixes = ["head"] });
        Assert.Equal(["head.weight", "head.bias"], report.Kept);
        Assert.Equal(["head.weight", "head.bias"], report.Ignored);
        Assert.True(head.eq(module.get_parameter("head.weight")!).all().item<bool>());
        Assert.Equal(stored[0].Item2.data<float>().ToArray(), module.get_parameter("conv.weight")!.data<float>().ToArray());
    }

    [Fact]
    public void Load_ReplacedPrefix_IsAWholeName()
    {
        using var module = nn.Sequential(("head", nn.Linear(1, 1)), ("head_dist", nn.Linear(1, 1)));
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, Save(("x", zeros(1))), new LoadOptions { ReplacedPrefixes = ["head"] }));
        Assert.Contains("2 missing, 1 unexpected", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithoutBatchCounter_KeepsTheModulesOwn()
    {
        using var module = Network();
        var report = StateDictLoader.Load(module, Save([.. Full(module).Where(e => !e.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))]));
        Assert.Equal(["norm.num_batches_tracked"], report.Kept);
    }

    [Fact]
    public void Load_NotStrict_LoadsWhatFits()
    {
        using var module = Network();
        var report = StateDictLoader.Load(module, Save(("conv.bias", ones(2)), ("other", zeros(1))), new LoadOptions { Strict = false });
        Assert.Equal(["conv.bias"], report.Loaded);
        Assert.Equal(["other"], report.Ignored);
        Assert.Equal([1f, 1f], module.get_parameter("conv.bias")!.data<float>().ToArray());
    }

    [Fact]
    public void Load_NotStrict_StillRefusesAnotherShape()
    {
        using var module = Network();
        Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, Save(("conv.bias", ones(3))), new LoadOptions { Strict = false }));
    }

    [Fact]
    public void Load_Renamed_FindsItsKeys()
    {
        using var module = Network();
        string path = Save([.. Full(module).Select(e => ("visual." + e.Name, e.Tensor)), ("text.w", zeros(1))]);
        var options = new LoadOptions { Rename = new KeyRemap([new KeyRule { Prefix = "text.", Drop = true }, new KeyRule { Prefix = "visual.", To = "" }]) };
        var report = StateDictLoader.Load(module, path, options);
        Assert.Equal(9, report.Loaded.Count);
        Assert.Equal(["text.w"], report.Dropped);
    }

    [Fact]
    public void Load_TwoKeysRenamedToOne_NamesBoth()
    {
        using var module = Network();
        var options = new LoadOptions { Rename = new KeyRemap([new KeyRule { Pattern = "[12]", To = "" }]) };
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, Save(("a1", zeros(1)), ("a2", zeros(1))), options));
        Assert.Contains("'a1' and 'a2' are both renamed to 'a'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ChannelsLastParameter_KeepsItsStrides()
    {
        using var module = nn.Sequential(("conv", nn.Conv2d(4, 2, 3, bias: false)));
        var stored = rand(2, 4, 3, 3);
        var weight = module.parameters().Single();
        using (no_grad()) weight.set_(weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        Assert.False(weight.is_contiguous());
        StateDictLoader.Load(module, Save(("conv.weight", stored)));
        Assert.False(weight.is_contiguous());
        Assert.True(weight.eq(stored).all().item<bool>());
    }

    [Fact]
    public void Load_OtherShapeThatTheModuleKnows_IsAdapted()
    {
        using var module = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)));
        var stored = rand(2, 1, 5, 5);
        var report = StateDictLoader.Load(module, Save(("conv.weight", stored.to(ScalarType.Float16)), ("conv.bias", ones(2))), new LoadOptions { Adapt = Crop });
        Assert.Equal(["conv.weight"], report.Adapted);
        Assert.True(stored.to(ScalarType.Float16).to(ScalarType.Float32)[.., .., 1..4, 1..4].eq(module.get_parameter("conv.weight")!).all().item<bool>());
        Assert.Equal([1f, 1f], module.get_parameter("conv.bias")!.data<float>().ToArray());
    }

    [Fact]
    public void Load_OtherShapeThatNobodyKnows_ChangesNothing()
    {
        using var module = Network();
        byte[] before = Bytes(module);
        var stored = Full(module).Select(e => (e.Name, e.Name == "conv.bias" ? rand(7, 1, 3, 3) : e.Name == "conv.weight" ? rand(2, 1, 5, 5) : e.Tensor)).ToArray();
        string path = Save(stored);
        long live = Live();
        var e = Assert.Throws<MedBenchException>(() => StateDictLoader.Load(module, path, new LoadOptions { Adapt = Crop }));
        Assert.Contains("1 of another shape or type", e.Message, StringComparison.Ordinal);
        Assert.Equal(live, Live());
        Assert.Equal(before, Bytes(module));
    }

    // 24 tensors of 1 MB each: a loader that gathers a dictionary first would hold all of them.
    [Theory]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.Float16, 4)]
    public void Load_ManyTensors_HoldsOneAtATime(ScalarType type, long extraTensors)
    {
        const int Count = 24;
        using var module = nn.Sequential([.. Enumerable.Range(0, Count).Select(i => ($"l{i}", (nn.Module<Tensor, Tensor>)nn.Linear(512, 512, hasBias: false)))]);
        string path = Save([.. StateDict.Of(module).Select(e => (e.Name, e.Tensor.to(type)))]);
        using var checkpoint = new Watched(Checkpoint.Open(path));
        long managed = GC.GetAllocatedBytesForCurrentThread(), live = Live();
        StateDictLoader.Load(module, checkpoint);
        Assert.Equal(Count, checkpoint.LiveTensors.Count);
        Assert.All(checkpoint.LiveTensors, n => Assert.InRange(n - live, 0, extraTensors));
        Assert.Equal(live, Live());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - managed, 0, 256 * 1024);
    }

    private static Tensor? Crop(string name, Tensor stored, long[] shape)
    {
        using var middle = stored[.., .., 1..^1, 1..^1];
        return name == "conv.weight" ? middle.clone() : null;
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static nn.Module Network() => nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("norm", nn.BatchNorm2d(2)), ("flat", nn.Flatten()), ("head", nn.Linear(2, 5)));

    private static IEnumerable<(string Name, Tensor Tensor)> Full(nn.Module module) =>
        StateDict.Of(module).Select(e => (e.Name, e.Tensor.is_floating_point() ? rand_like(e.Tensor) : ones_like(e.Tensor)));

    private static byte[] Bytes(nn.Module module) => [.. StateDict.Of(module).SelectMany(e => e.Tensor.bytes.ToArray())];

    private string Save(params (string, Tensor)[] entries)
    {
        string path = _folder.File("w.safetensors");
        SafetensorsWriter.Write(path, entries);
        return path;
    }

    /// <summary>Counts the live tensors at each read.</summary>
    private sealed class Watched(ICheckpoint inner) : ICheckpoint
    {
        public List<long> LiveTensors { get; } = [];

        public string Path => inner.Path;

        public IReadOnlyList<TensorEntry> Entries => inner.Entries;

        public void Read(string name, Span<byte> destination, long offset = 0)
        {
            LiveTensors.Add(Live());
            inner.Read(name, destination, offset);
        }

        public void Dispose() => inner.Dispose();
    }
}
