using MedBench.Claims.Claims;
using MedBench.ClaimTests.Rows;

namespace MedBench.ClaimTests;

[Trait("Kind", "record")]
public sealed class RecordTests
{
    public static IEnumerable<object[]> Records() => ClaimBook.Records(Folder).Select(r => new object[] { new RowId(r.Id) });

    private static string Folder => Path.Combine(Session.Root, ClaimBook.DefaultFolder);

    // A change of protocol or recipe changes the identity of a run: its record would then count for nothing, unnoticed.
    [Theory]
    [MemberData(nameof(Records))]
    public void Record_EachKept_BelongsToADeclaredCell(RowId id)
    {
        var spec = ClaimBook.Records(Folder).Single(r => r.Id == id).Spec;

        Assert.Contains(Session.Current.Book.Experiments.SelectMany(e => e.Cells), c => c.Includes(spec));
    }
}
