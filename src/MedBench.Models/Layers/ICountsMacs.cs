namespace MedBench.Models.Layers;

/// <summary>A layer with matrix products of its own, beside those of its children.</summary>
internal interface ICountsMacs
{
    /// <summary>Multiply-accumulates for an input of <paramref name="shape"/>.</summary>
    long Macs(ReadOnlySpan<long> shape);
}
