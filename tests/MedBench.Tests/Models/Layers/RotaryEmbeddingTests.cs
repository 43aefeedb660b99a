using MedBench.Models.Layers;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Layers;

public sealed class RotaryEmbeddingTests
{
    private const int Channels = 8, Grid = 5;

    [Fact]
    public void Forward_ClassTokenAndOrigin_DoNotTurn()
    {
        using var scope = NewDisposeScope();
        using var rotary = new RotaryEmbedding(Channels, Grid, Grid);
        var x = rand(2, 3, 1 + Grid * Grid, Channels);
        var turned = rotary.forward(x);
        Assert.True(turned.narrow(2, 0, 2).equal(x.narrow(2, 0, 2)).all().item<bool>());
        Assert.False(allclose(turned.narrow(2, 2, 1), x.narrow(2, 2, 1)));
        Assert.True(allclose(turned.norm(-1), x.norm(-1)));
    }

    [Fact]
    public void Forward_EqualVectors_ScoreByRelativePositionAlone()
    {
        using var scope = NewDisposeScope();
        using var rotary = new RotaryEmbedding(Channels, Grid, Grid);
        Tensor Everywhere() => rotary.forward(rand(1, 1, 1, Channels).expand(1, 1, 1 + Grid * Grid, Channels)).squeeze().narrow(0, 1, Grid * Grid);
        var scores = Everywhere().mm(Everywhere().t()).view(Grid, Grid, Grid, Grid);
        Assert.True(allclose(scores[..^1, ..^1, ..^1, ..^1], scores[1.., 1.., 1.., 1..], atol: 1e-5));
        Assert.False(allclose(scores[0, 0], scores[0, 0].t(), atol: 1e-3));
    }

    [Fact]
    public void Forward_FinerGrid_StretchesPositionsToTheReference()
    {
        using var scope = NewDisposeScope();
        using var coarse = new RotaryEmbedding(Channels, Grid, Grid);
        using var fine = new RotaryEmbedding(Channels, 2 * Grid, Grid);
        var vector = rand(Channels);
        Tensor At(RotaryEmbedding rotary, int grid) => rotary.forward(vector.expand(1, 1, 1 + grid * grid, Channels)).squeeze().narrow(0, 1, grid * grid).view(grid, grid, Channels);
        Assert.True(allclose(At(coarse, Grid)[3, 2], At(fine, 2 * Grid)[6, 4], atol: 1e-6));
    }
}
