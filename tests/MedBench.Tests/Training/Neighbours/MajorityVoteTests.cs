using MedBench.Training.Neighbours;

namespace MedBench.Tests.Training.Neighbours;

public sealed class MajorityVoteTests
{
    [Theory]
    [InlineData(new byte[] { 3, 1, 3, 2 }, 3)]
    [InlineData(new byte[] { 3, 1, 3, 1 }, 1)]
    [InlineData(new byte[] { 5, 0, 2 }, 0)]
    [InlineData(new byte[] { 7 }, 7)]
    public void Class_OfEquals_IsTheSmallest(byte[] labels, byte expected) => Assert.Equal(expected, MajorityVote.Class(labels));

    [Fact]
    public void Labels_NeedMoreThanHalf() =>
        Assert.Equal([1, 0, 0, 1], MajorityVote.Labels([[1, 1, 0, 1], [1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 1]]));
}
