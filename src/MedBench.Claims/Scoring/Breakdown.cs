using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Claims.Scoring;

/// <summary>What the test images of a score are told apart by.</summary>
/// <param name="ByClass">Whether by class.</param>
/// <param name="By">By what else.</param>
/// <param name="GroupOf">For each image the number of its group; null where none has several.</param>
public sealed record Breakdown(bool ByClass, IReadOnlyList<ImagePartition> By, IReadOnlyList<int>? GroupOf)
{
    /// <summary>By the parts of these names: <c>class</c>, <c>group-size</c>, or a column of the groups' table.</summary>
    /// <param name="by">The names.</param>
    /// <param name="groups">What is known of the images; null for nothing.</param>
    /// <exception cref="MedBenchException">There is none of a name, or nothing is known of the test images.</exception>
    public static Breakdown Of(IReadOnlyList<string> by, GroupTable? groups)
    {
        string[] others = [.. by.Distinct().Where(b => b != GroupTable.Class)];
        if (others.Length > 0 && groups is null)
            throw new MedBenchException($"--by {others[0]}: nothing is known of the images but their class", "give a CSV with the columns split,index,group and others by --groups, or --by class");
        var numbers = groups?.Numbers(Split.Test);
        return new Breakdown(by.Contains(GroupTable.Class), [.. others.Select(b => groups!.By(b, Split.Test))], numbers is null || numbers.Distinct().Count() == numbers.Count ? null : numbers);
    }
}
