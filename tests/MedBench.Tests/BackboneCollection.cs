namespace MedBench.Tests;

/// <summary>Tests that hold a real backbone run one after the other, so that only one model is in memory at a time.</summary>
internal static class BackboneCollection
{
    public const string Name = "backbones";
}
