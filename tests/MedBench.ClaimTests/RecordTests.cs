using MedBench.Claims;
using MedBench.ClaimTests.Requirements;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "record")]
public sealed class RecordTests
{
    // Read and scored anew once, not for every row.
    private static readonly Lazy<Dictionary<string, RunResult>> s_records = new(() => Book.Records(Path.Combine(Session.Root, Book.DefaultFolder)).ToDictionary(r => r.Id));

    private static readonly Lazy<ExperimentCell[]> s_cells = new(() => [.. Session.Current.Book.Experiments.SelectMany(e => e.Cells)]);

    public static IEnumerable<object[]> Records() => s_records.Value.Keys.Select(id => new object[] { id });

    public static IEnumerable<object[]> TrainedRecords() => s_records.Value.Values.Where(r => r.Evaluations.Count > 0).Select(r => new object[] { r.Id });

    // A change of protocol or recipe changes the identity of a run: its record would then count for nothing, unnoticed.
    [ClaimTheory]
    [MemberData(nameof(Records))]
    public void Record_EachKept_BelongsToADeclaredCell(string id)
    {
        var spec = s_records.Value[id].Spec;

        Assert.Contains(s_cells.Value, c => c.Includes(spec));
    }

    // What this version computes is what the record holds: else the record is evidence for another program.
    [ClaimTheory]
    [MemberData(nameof(TrainedRecords))]
    public void Record_EachTrained_IsRetracedToTheBit(string id)
    {
        var record = s_records.Value[id];

        var trace = CellTraining.Retrace(record, Session.Current.Book.CellOf(record), evaluations: 1);

        var first = Assert.Single(trace.Evaluations);
        Assert.True(first.IsSame, $"then {first.Then}\nnow {first.Now}");
    }
}
