using MedBench.Tests.Models.Parity;
using MedBench.Tests.Training;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("MedBench.Tests.LongestFirst", "MedBench.Tests")]

namespace MedBench.Tests;

/// <summary>The longest collections begin first: begun last, they would run on one core while the others have nothing left to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_longest = [nameof(ModelParityTests), nameof(ReferenceRunTests), BackboneCollection.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.FindIndex(s_longest, name => c.DisplayName.EndsWith(name, StringComparison.Ordinal)) is var at and >= 0 ? at : s_longest.Length);
}
