using MedBench.Cli.Runs;
using MedBench.Core.Errors;

namespace MedBench.Tests.Cli.Runs;

public sealed class ShardNumberTests
{
    [Theory]
    [InlineData(3, null, null, 3)]
    [InlineData(3, "5", "7", 3)]
    [InlineData(null, "5", null, 5)]
    [InlineData(null, null, "0", 1)]
    [InlineData(null, "", "7", 8)]
    public void Of_OptionThenSlurmThenKubernetes_CountsFromOne(int? option, string? slurm, string? kubernetes, int expected) =>
        Assert.Equal(expected, ShardNumber.Of(option, name => name == "SLURM_ARRAY_TASK_ID" ? slurm : kubernetes));

    [Fact]
    public void Of_NothingThatSaysIt_AsksForTheOption() =>
        Assert.Contains("give --shard", Assert.Throws<MedBenchException>(() => ShardNumber.Of(null, _ => null)).Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData("one")]
    [InlineData("0x1")]
    [InlineData("0")]
    [InlineData("2147483647")]
    public void Of_VariableThatIsNoIndex_IsNamed(string slurm) =>
        Assert.StartsWith($"SLURM_ARRAY_TASK_ID={slurm}: ", Assert.Throws<MedBenchException>(() => ShardNumber.Of(null, name => name == "SLURM_ARRAY_TASK_ID" ? slurm : null)).Message, StringComparison.Ordinal);
}
