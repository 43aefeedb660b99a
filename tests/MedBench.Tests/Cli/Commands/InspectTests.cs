using MedBench.Tests.Data.Npz;

namespace MedBench.Tests.Cli.Commands;

/// <summary><c>medbench data inspect</c> of a card of one's own.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_OwnCard_HasItsOneSizeAndRefusesAnother()
    {
        NpzFixture.Write(_folder.File("mine.npz"));
        string card = _folder.Write("mine.yaml", "schema: 1\nname: my-images\ntitle: Mine\ntask: binary-class\nlabels: [no, yes]\nlicense: none\nnpz: mine.npz\n"u8);

        var output = await MedBenchProcess.RunAsync(_folder, ["data", "inspect", card]);
        var other = await MedBenchProcess.RunAsync(_folder, ["data", "inspect", card, "--size", "28"]);

        Assert.Equal(0, output.ExitCode);
        Assert.Matches("images +5 +3 +4", output.Out);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("28", other.Err, StringComparison.Ordinal);
    }
}
