using MedBench.Claims.Claims;

namespace MedBench.ClaimTests;

[Trait("Kind", "record")]
public sealed class RecordTests
{
    public static IEnumerable<object[]> Records() => ClaimBook.Records(Folder).Select(r => new object[] { r.Id });

    private static string Folder => Path.Combine(Session.Root, ClaimBook.DefaultFolder);

    // A change of protocol or recipe changes the identity of a run: its record would then count for nothing, unnoticed.
    [ClaimTheory]
    [MemberData(nameof(Records))]
    public void Record_EachKept_BelongsToADeclaredCell(string id)
    {
        var spec = ClaimBook.Records(Folder).Single(r => r.Id == id).Spec;

        Assert.Contains(Session.Current.Book.Experiments.SelectMany(e => e.Cells), c => c.Includes(spec));
    }
}
