using MedBench.ClaimTests.Requirements;

namespace MedBench.ClaimTests;

public sealed class RequirementTests
{
    public static IEnumerable<object[]> All() => Enum.GetValues<Requirement>().Select(r => new object[] { r });

    [Theory]
    [MemberData(nameof(All))]
    public void Reason_EveryRequirement_EndsInACommand(Requirement requirement)
    {
        var cell = Session.Current.Book.Experiments.SelectMany(e => e.Cells).First(c => c.NeedsCheckpoint);

        foreach (string reason in (string[])[Reasons.For(requirement, cell.Id, cell, "detail"), Reasons.For(requirement, cell.Id)])
        {
            Assert.Matches(@": medbench [a-z]+ [^:]+\z", reason);
            Assert.Equal(requirement.ToString().ToLowerInvariant(), Reasons.Group(reason));
        }
    }

    [Fact]
    public void Reason_UnknownRequirement_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Reasons.For((Requirement)99, "a"));
}
