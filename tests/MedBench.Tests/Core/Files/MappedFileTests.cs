using System.Globalization;
using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class MappedFileTests : IDisposable
{
    private const int Piece = 1 << 20, Pieces = 48, Limit = 8 << 20;
    private readonly TestFolder _folder = new();

    public MappedFileTests() => AtomicFile.Write(_folder.File("data"), stream =>
    {
        var piece = new byte[Piece];
        for (int i = 0; i < Pieces; i++)
        {
            Array.Fill(piece, (byte)i);
            stream.Write(piece);
        }
    });

    [SkippableFact]
    public void Slice_OverAFileManyTimesTheLimit_KeepsTheProcessSmall()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc/self/smaps; run it on Linux");
        using var file = new MappedFile(_folder.File("data"), Limit);
        long largest = 0, sum = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int i = 0; i < Pieces; i++)
            {
                foreach (byte value in file.Slice((long)i * Piece, Piece)) sum += value;
                largest = Math.Max(largest, Resident());
            }
        Assert.Equal(2L * Piece * Enumerable.Range(0, Pieces).Sum(), sum);
        // The system maps some neighbours of a page that is touched.
        Assert.InRange(largest, Piece, 2 * Limit);
    }

    [Fact]
    public void Slice_AfterItsPagesWereReleased_StillHasItsBytes()
    {
        using var file = new MappedFile(_folder.File("data"), Limit);
        var first = file.Slice(0, Piece);
        for (int i = 1; i < Pieces; i++) Assert.Equal(i, file.Slice((long)i * Piece, Piece)[Piece / 2]);
        Assert.Equal(-1, first.IndexOfAnyExcept((byte)0));
    }

    public void Dispose() => _folder.Dispose();

    // Bytes of this file that are in the process: the Rss line of its mapping.
    private long Resident()
    {
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        return Enumerable.Range(0, lines.Length).Where(i => lines[i].EndsWith(_folder.File("data"), StringComparison.Ordinal))
            .Sum(i => long.Parse(lines.Skip(i).First(l => l.StartsWith("Rss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10);
    }
}
