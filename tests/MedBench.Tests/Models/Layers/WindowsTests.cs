using CsCheck;
using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Layers;

public sealed class WindowsTests
{
    [Fact]
    public void Join_OfSplit_IsTheGrid() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 5]).Sample((n, height, width, size) =>
        {
            using var scope = NewDisposeScope();
            var grid = rand(n, height, width, 2);
            var windows = Windows.Split(grid, size);
            int rows = (height + size - 1) / size, columns = (width + size - 1) / size;
            Assert.Equal([n * rows * columns, size * size, 2], windows.shape);
            Assert.True(Windows.Join(windows, size, height, width).equal(grid).all().item<bool>());
        });

    [Fact]
    public void Split_GridOfThreeByThree_IsRowByRowWithZerosAtTheBorder()
    {
        using var scope = NewDisposeScope();
        var windows = Windows.Split(arange(1, 10, ScalarType.Float32).view(1, 3, 3, 1), 2);
        Assert.Equal([1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0], windows.contiguous().data<float>().ToArray());
    }
}
