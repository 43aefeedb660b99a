namespace MedBench.ClaimTests;

/// <summary>One after the other: they share the results store, the time that training may take, and one table of what was skipped.</summary>
[CollectionDefinition(Name)]
public sealed class ClaimCollection : ICollectionFixture<SkipTable>
{
    public const string Name = "claims";
}
