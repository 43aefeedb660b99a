using System.Runtime.InteropServices;
using System.Text;
using MedBench.Cli.Bench;
using static TorchSharp.torch;

namespace MedBench.Tests.Cli.Bench;

public sealed partial class HostSyncsTests
{
    // As libtorch writes it; the mode is what the work finds, where libtorch would look.
    private const string Warning = "[W1128 03:20:00.123456789 CUDAFunctions.cpp:145] Warning: called a synchronizing CUDA operation (function operator())\n";

    [SkippableFact]
    public void Count_IsOfTheWarningsThatNativeCodeWritesWhileTheModeIsOn()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is for Linux");
        nint mode = Marshal.AllocHGlobal(sizeof(int));
        try
        {
            Marshal.WriteInt32(mode, 0);
            int count = HostSyncs.Count(mode, () =>
            {
                for (int i = 0; i < 3; i++)
                    if (Marshal.ReadInt32(mode) == 1) Write(Warning);
                Write("[W] Warning: another one\n");
            });
            Assert.Equal((3, 0), (count, Marshal.ReadInt32(mode)));
            // Standard error is itself again, and nothing is counted twice.
            Write("");
            Assert.Equal(0, HostSyncs.Count(mode, () => { }));
        }
        finally
        {
            Marshal.FreeHGlobal(mode);
        }
    }

    [SkippableFact]
    public void Count_OfWorkThatFails_LeavesTheModeOff()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is for Linux");
        nint mode = Marshal.AllocHGlobal(sizeof(int));
        Assert.Throws<InvalidOperationException>(() => HostSyncs.Count(mode, () => throw new InvalidOperationException()));
        Assert.Equal(0, Marshal.ReadInt32(mode));
        Marshal.FreeHGlobal(mode);
    }

    [Fact]
    public void PerStep_OnACpu_IsNotMeasured() => Assert.Null(HostSyncs.PerStep(CPU, 1, () => throw new InvalidOperationException("not to be run")));

    private static void Write(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(bytes.Length, write(2, bytes, bytes.Length));
    }

    [DllImport("libc")]
#pragma warning disable IDE1006, SYSLIB1054 // the C library's own name; the test project has no unsafe code
    private static extern nint write(int descriptor, byte[] bytes, nint count);
#pragma warning restore IDE1006, SYSLIB1054
}
