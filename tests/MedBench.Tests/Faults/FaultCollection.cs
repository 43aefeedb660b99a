namespace MedBench.Tests.Faults;

/// <summary>Child processes come and go: one such test at a time.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
