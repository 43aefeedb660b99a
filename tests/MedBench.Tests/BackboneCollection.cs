namespace MedBench.Tests;

/// <summary>Tests that hold a real backbone run one after the other; only the two longest, parity and the reference runs, go beside them: at most two models in memory, one a core.</summary>
internal static class BackboneCollection
{
    public const string Name = "backbones";
}
