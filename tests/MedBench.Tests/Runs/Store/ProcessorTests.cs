using MedBench.Runs.Store;

namespace MedBench.Tests.Runs.Store;

public sealed class ProcessorTests
{
    [Fact]
    public void Describe_TwoProcessors_NamesTheFirstWithWhatItsKernelsAreChosenBy()
    {
        string[] lines = ["processor\t: 0", "cpu family\t: 25", "model\t\t: 1", "model name\t: AMD EPYC", "flags\t\t: avx avx2", "", "processor\t: 1", "model\t\t: 2"];

        Assert.Equal("AMD EPYC (family 25, model 1, AVX2)", Processor.Describe(lines, "AVX2"));
    }

    [Fact]
    public void Describe_SystemThatTellsNothing_StillNamesArchitectureAndVectors() =>
        Assert.Matches(@"^\w+ \(NEON\)\z", Processor.Describe(["Hardware\t: BCM2835"], "NEON"));

    [Fact]
    public void Describe_ThisMachine_IsTheSameTwice() => Assert.Equal(Processor.Describe(), Processor.Describe());
}
