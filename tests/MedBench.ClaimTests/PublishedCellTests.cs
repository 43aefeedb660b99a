using MedBench.ClaimTests.Requirements;
using MedBench.ClaimTests.Rows;

using Xunit.Abstractions;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "cell")]
public sealed class PublishedCellTests(ITestOutputHelper output)
{
    // Passes if our runs reproduce the number, or deviate as known; fails if they deviate; is skipped if they cannot tell.
    [ClaimTheory]
    [ClassData(typeof(CellRows))]
    public void Cell_OurRuns_ReproduceThePublishedNumber(string id)
    {
        var judged = CellTraining.Judge(Session.Current.Cells[id]);
        output.WriteLine(RowText.Of(judged));
        CellOutcome.Check(judged);
    }

    [Fact]
    public void Rows_EveryPublishedNumber_HasOneWithAnIdThatFiltersTake()
    {
        var session = Session.Current;

        Assert.Equal(session.Book.Evidence.Published.Values.Count(v => v.Key.Paper != "demo"), session.Cells.Count);
        Assert.True(session.Cells.Count > 2550);
        // A number without a claim is one that nothing here can run.
        Assert.All(session.Cells.Values.Where(c => c.Declared is not null), c => Assert.True(session.Book.ClaimOn(c.Key) is { IsOnCells: true }, $"{c.Key} is printed and declared, but no claim is on it: add one to claims.yaml"));
        Assert.All(session.Cells.Keys.Concat(session.Claims.Keys), id => Assert.Matches(@"^[a-z0-9/.-]+\z", id));
    }
}
