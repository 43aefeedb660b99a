using System.Diagnostics;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>The other direction: a real PyTorch reads what is written here.</summary>
public sealed class PyTorchReadsOurFilesTests
{
    private const string Script =
        """
        import sys, torch
        state = torch.load(sys.argv[1])
        for key, value in state.items(): print(key, value.dtype, list(value.shape), value.double().flatten().tolist())
        """;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void TorchLoad_FileOfPthWriter_GivesTheSameTensors(bool legacy)
    {
        string? python = Environment.GetEnvironmentVariable("MEDBENCH_PYTHON");
        Skip.If(python is null, "set MEDBENCH_PYTHON to a Python that has torch, for example: apt-get install python3-torch; MEDBENCH_PYTHON=/usr/bin/python3");
        using var folder = new TestFolder();
        using var scope = NewDisposeScope();
        string path = folder.File("w.pth");
        PthWriter.Write(path, [("a.weight", tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).t()), ("n", tensor(7L)), ("half", tensor([0.5f, -2]).to(ScalarType.Float16)), ("none", zeros(0, 2))], legacy);

        var start = new ProcessStartInfo(python!) { RedirectStandardOutput = true };
        foreach (string argument in new[] { "-W", "ignore", "-c", Script, path }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(
            """
            a.weight torch.float32 [3, 2] [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
            n torch.int64 [] [7.0]
            half torch.float16 [2] [0.5, -2.0]
            none torch.float32 [0, 2] []

            """, output);
    }
}
