using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class SharingTests
{
    private const int Denied = unchecked((int)0x80070005), Shared = unchecked((int)0x80070020), Full = unchecked((int)0x80070070);

    [Theory]
    [InlineData(Denied)]
    [InlineData(Shared)]
    public void Retry_SomebodyHasItOpenForAMoment_GoesThrough(int code)
    {
        int tries = 0;
        var waits = new List<TimeSpan>();

        Sharing.Retry(() => Fail(code, ++tries < 4), windows: true, waits.Add);

        Assert.Equal(4, tries);
        Assert.Equal([10, 20, 40], waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public void Retry_SomebodyKeepsItOpen_GivesUpAfterTenSeconds()
    {
        var waited = TimeSpan.Zero;

        Assert.Throws<IOException>(() => Sharing.Retry(() => Fail(Shared, true), windows: true, w => waited += w));

        Assert.InRange(waited.TotalSeconds, 10, 11);
    }

    [Theory]
    [InlineData(Full, true)]
    [InlineData(Shared, false)]
    public void Retry_AnotherReasonOrSystem_FailsAtOnce(int code, bool windows) =>
        Assert.Throws<IOException>(() => Sharing.Retry(() => Fail(code, true), windows, _ => Assert.Fail("waited")));

    [Fact]
    public void Probe_Folder_LeavesNothing()
    {
        using var folder = new TestFolder();
        AtomicFile.Probe(folder.File("new"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("new")));
    }

    private static void Fail(int code, bool fails)
    {
        if (fails) throw new IOException("in use", code);
    }
}
