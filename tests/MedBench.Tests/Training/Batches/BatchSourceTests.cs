using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Batches;

[Collection(TorchCollection.Name)]
public sealed class BatchSourceTests : IDisposable
{
    private static readonly InputPipelineOptions s_input = new(16, ResizeMode.None, PillowFilter.Bilinear, [0.5f, 0.4f, 0.3f], [0.2f, 0.3f, 0.4f]);
    private readonly TestFolder _folder = new();
    private readonly ImageDataset _dataset;

    public BatchSourceTests() => _dataset = SyntheticDataset.Open(16, counts: new SplitCounts(23, 4, 4), cache: _folder.Path);

    [Theory]
    [InlineData(5, false)]
    [InlineData(23, false)]
    [InlineData(64, false)]
    [InlineData(5, true)]
    [InlineData(64, true)]
    public void ImageBatches_AnyOrder_EqualThePreprocessorImageByImage(int batchSize, bool onDevice)
    {
        int[] order = EpochOrder.Shuffle(23, 3, 1);
        var preprocessor = new ImagePreprocessor(s_input, 16, 16, 3);
        var expected = new float[preprocessor.OutputLength];
        using var source = Images(onDevice);
        int done = 0;
        foreach (var batch in source.Read(order, batchSize))
        {
            Assert.Equal([Math.Min(batchSize, 23 - done), 3, 16, 16], batch.Input.shape);
            for (int i = 0; i < batch.Input.shape[0]; i++, done++)
            {
                preprocessor.Process(_dataset.Train.Image(order[done]), expected);
                Assert.Equal(expected, batch.Input[i].data<float>().ToArray());
                Assert.Equal(_dataset.Train.ClassOf(order[done]), batch.Labels[i].item<long>());
            }
        }
        Assert.Equal(23, done);
    }

    [Fact]
    public void FeatureBatches_AnyOrder_PickTheRows()
    {
        using var source = new FeatureBatches(arange(12, ScalarType.Float32).reshape(6, 2), arange(6, ScalarType.Int64));
        var batches = source.Read(new[] { 5, 0, 3 }, 2).Select(b => (Input: b.Input.data<float>().ToArray(), Labels: b.Labels.data<long>().ToArray())).ToList();
        Assert.Equal([[10f, 11, 0, 1], [6f, 7]], batches.Select(b => b.Input));
        Assert.Equal([[5L, 0], [3L]], batches.Select(b => b.Labels));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Read_ManyTimes_LeavesNoTensorBehind(bool images, bool onDevice)
    {
        using IBatchSource source = images ? Images(onDevice) : new FeatureBatches(zeros(23, 2), zeros(23, ScalarType.Int64));
        int[] order = [.. Enumerable.Range(0, 23)];
        foreach (var _ in source.Read(order, 4)) { }
        // What other tests left is collected here, and not between the two counts.
        _ = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        for (int pass = 0; pass < 20; pass++)
        {
            foreach (var _ in source.Read(order, 4)) { }
            foreach (var _ in source.Read(order, 4)) break;
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose()
    {
        _dataset.Dispose();
        _folder.Dispose();
    }

    private ImageBatches Images(bool onDevice = false) => new(_dataset.Train, s_input, new Objective(_dataset.Card, 1).Labels(_dataset.Train), CPU, onDevice);
}
