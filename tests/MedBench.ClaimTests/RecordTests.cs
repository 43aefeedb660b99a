using MedBench.Claims;
using MedBench.ClaimTests.Requirements;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "record")]
public sealed class RecordTests
{
    public static IEnumerable<object[]> Records() => Book.Records(Folder).Select(r => new object[] { r.Id });

    public static IEnumerable<object[]> TrainedRecords() => Book.Records(Folder).Where(r => r.Evaluations.Count > 0).Select(r => new object[] { r.Id });

    private static string Folder => Path.Combine(Session.Root, Book.DefaultFolder);

    // A change of protocol or recipe changes the identity of a run: its record would then count for nothing, unnoticed.
    [ClaimTheory]
    [MemberData(nameof(Records))]
    public void Record_EachKept_BelongsToADeclaredCell(string id)
    {
        var spec = Book.Records(Folder).Single(r => r.Id == id).Spec;

        Assert.Contains(Session.Current.Book.Experiments.SelectMany(e => e.Cells), c => c.Includes(spec));
    }

    // What this version computes is what the record holds: else the record is evidence for another program.
    [ClaimTheory]
    [MemberData(nameof(TrainedRecords))]
    public void Record_EachTrained_IsRetracedToTheBit(string id)
    {
        var record = Book.Records(Folder).Single(r => r.Id == id);

        var trace = CellTraining.Retrace(record, Session.Current.Book.CellOf(record), evaluations: 1);

        var first = Assert.Single(trace.Evaluations);
        Assert.True(first.IsSame, $"then {first.Then}\nnow {first.Now}");
    }
}
