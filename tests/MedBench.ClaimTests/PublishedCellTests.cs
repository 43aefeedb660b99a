using MedBench.Claims.Claims;
using MedBench.ClaimTests.Requirements;
using MedBench.ClaimTests.Rows;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "cell")]
public sealed class PublishedCellTests
{
    // Passes if our runs reproduce the number, or deviate as known; fails if they deviate; is skipped if they cannot tell.
    [ClaimTheory]
    [ClassData(typeof(CellRows))]
    public void Cell_OurRuns_ReproduceThePublishedNumber(string id)
    {
        CellOutcome.Check(CellTraining.Judge(Session.Current.Cells[id]));
    }

    [Fact]
    public void Rows_EveryPublishedNumber_HasOneWithAnIdThatFiltersTake()
    {
        var session = Session.Current;

        Assert.Equal(session.Book.Evidence.Published.Values.Count(v => v.Key.Paper != "demo"), session.Cells.Count);
        Assert.True(session.Cells.Count > 2550);
        // A number without a claim is one that nothing here can run.
        Assert.All(session.Cells.Values.Where(c => c.Declared is not null), c => Assert.Contains(session.Book.ClaimOn(c.Key)!.Kind, (ClaimKind[])[ClaimKind.Cells, ClaimKind.Cell]));
        Assert.All(session.Cells.Keys.Concat(session.Claims.Keys), id => Assert.Matches(@"^[a-z0-9/.-]+\z", id));
    }
}
