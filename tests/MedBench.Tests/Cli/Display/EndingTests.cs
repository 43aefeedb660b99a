using MedBench.Cli.Display;
using MedBench.Core.Errors;

namespace MedBench.Tests.Cli.Display;

public sealed class EndingTests
{
    public static TheoryData<Exception, int, string> Endings => new()
    {
        { new MedBenchException("x is wrong", "mend it"), 2, "x is wrong" },
        { new OperationCanceledException(), 130, "stopped" },
        { new IOException("No space left on device"), 74, "reading or writing failed: No space left on device" },
        { new DllNotFoundException("libtorch_cpu.so"), 2, "libtorch does not load: libtorch_cpu.so" },
        { new InvalidOperationException("first line\nframe of libtorch"), 70, "first line" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Of_AnException_HasItsCodeAndOneLine(Exception e, int code, string message)
    {
        var ending = Ending.Of(e, trace: false);
        Assert.Equal((code, message), (ending.ExitCode, ending.Message));
        Assert.NotEmpty(ending.Fix!);
    }

    [Fact]
    public void Of_AnUnforeseenFailure_ShowsItsTraceOnRequestOnly()
    {
        var thrown = Record.Exception(void () => throw new InvalidOperationException("unforeseen"))!;
        Assert.Contains("MEDBENCH_TRACE=1", Ending.Of(thrown, trace: false).Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Ending.Of(thrown, trace: false).Message, StringComparison.Ordinal);
        Assert.Contains("   at MedBench.", Ending.Of(thrown, trace: true).Message, StringComparison.Ordinal);
    }
}
