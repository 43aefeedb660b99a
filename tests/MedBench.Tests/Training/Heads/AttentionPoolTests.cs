using MedBench.Training.Heads;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Heads;

[Collection(TorchCollection.Name)]
public sealed class AttentionPoolTests : IDisposable
{
    private const int Width = 6, Heads = 2, Tokens = 5, Images = 3;
    private readonly AttentionPool _pool;
    private readonly Tensor _tokens;

    public AttentionPoolTests()
    {
        manual_seed(1);
        _pool = new AttentionPool(Width, Heads, 4);
        _tokens = randn(Images, Tokens, Width);
    }

    // Attention as the papers write it: a query, and keys and values of every token.
    [Fact]
    public void Logits_EqualAttentionWithKeysAndValuesOfEveryToken()
    {
        const int Depth = Width / Heads;
        using var _ = no_grad();
        var (query, keys) = (randn(Heads, Depth, 1), randn(Heads, Width, Depth));
        _pool.get_parameter("scores.weight")!.copy_(keys.matmul(query).squeeze(-1));

        var x = nn.functional.layer_norm(_tokens, [Width], eps: 1e-6).unsqueeze(1);
        var attended = nn.functional.scaled_dot_product_attention(
            query.transpose(1, 2).unsqueeze(0).expand(Images, -1, -1, -1) * Math.Sqrt(Depth), x.matmul(keys), x.matmul(_pool.get_parameter("values")!));
        var pooled = attended.transpose(1, 2).reshape(Images, Width);
        var expected = nn.functional.linear(pooled, _pool.get_parameter("fc.weight")!, _pool.get_parameter("fc.bias")!);

        Assert.True((expected - _pool.call(_tokens)).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Logits_DoNotDependOnTheOrderOfTokens()
    {
        using var turned = _tokens.flip(1);
        Assert.True((_pool.call(turned) - _pool.call(_tokens)).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Backward_ReachesEveryParameter()
    {
        _pool.call(_tokens).square().sum().backward();
        Assert.Equal(4, _pool.parameters().Count());
        Assert.All(_pool.parameters(), p => Assert.True(p.grad!.abs().sum().item<float>() > 0));
    }

    public void Dispose()
    {
        _pool.Dispose();
        _tokens.Dispose();
    }
}
