namespace MedBench.ClaimTests;

/// <summary>One after the other: they share the results store, the time that training may take, and one summary.</summary>
[CollectionDefinition(Name)]
public sealed class ClaimCollection : ICollectionFixture<Summary>
{
    public const string Name = "claims";
}
