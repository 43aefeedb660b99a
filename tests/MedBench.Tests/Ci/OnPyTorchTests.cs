using System.Diagnostics;
using MedBench.Models.Kernels;

namespace MedBench.Tests.Ci;

/// <summary><c>eng/medbench-on-pytorch.sh</c>: this build without its libtorch, beside a folder that looks like a PyTorch.</summary>
public sealed class OnPyTorchTests : IDisposable
{
    private const string Script = "medbench-on-pytorch.sh", Glue = "libLibTorchSharp.so";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Script_BesideAProgramWithoutLibtorch_LinksThatOfThePython()
    {
        string lib = Torch();
        Publish();
        for (int start = 0; start < 2; start++)
        {
            var (exitCode, output) = Run("doctor");
            // Datasets and network are not what this is about.
            Assert.True(exitCode is 0 or 1, output);
            Assert.Contains($", from {lib}", output);
        }
        Assert.Equal(_folder.File("torch/lib"), File.ReadAllText(_folder.File("app/.pytorch")).Trim());
    }

    [SkippableFact]
    public void Script_WithAPyTorchThatDoesNotFit_NamesWhatIsMissing()
    {
        _ = Torch();
        Publish();
        File.Delete(_folder.File("torch/lib/libtorch_cpu.so"));
        var (exitCode, output) = Run("doctor");
        Assert.Equal(1, exitCode);
        Assert.Contains($"does not fit the PyTorch in {_folder.File("torch/lib")}:", output);
        Assert.Contains("libtorch_cpu.so => not found", output);
        Assert.False(File.Exists(_folder.File("app/.pytorch")));
    }

    [SkippableFact]
    public void Script_WithAPythonWithoutPyTorch_SaysSo()
    {
        Publish();
        var (exitCode, output) = Run("doctor");
        Assert.Equal(1, exitCode);
        Assert.Contains("python3 has no PyTorch; name one that has: PYTHON=", output);
    }

    [Fact]
    public void Version_BesideAVersionPy_IsPyTorchsOwn()
    {
        string library = _folder.Write("torch/lib/libtorch_cpu.so", []);
        Assert.Null(LoadedTorch.VersionBeside(library));
        _folder.Write("torch/version.py", "from typing import Optional\n\n__all__ = ['__version__', 'cuda']\n__version__ = '2.11.0+cu130'\ndebug = False\n"u8);
        Assert.Equal("2.11.0+cu130", LoadedTorch.VersionBeside(library));
    }

    // The libraries of this process, under the names that PyTorch has for them.
    private string Torch()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is for Linux");
        _folder.Write("torch/__init__.py", []);
        Directory.CreateDirectory(_folder.File("torch/lib"));
        string lib = Path.GetDirectoryName(LoadedTorch.File)!;
        foreach (string file in Directory.EnumerateFiles(lib, "*.so*").Where(f => Path.GetFileName(f) != Glue))
            File.CreateSymbolicLink(_folder.File($"torch/lib/{Path.GetFileName(file)}"), file);
        return lib;
    }

    private void Publish()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is for Linux");
        Directory.CreateDirectory(_folder.File("app"));
        // The host looks beside the file itself, past links; without deps.json beside it only there.
        foreach (string file in (string[])["medbench", "medbench.dll", "medbench.runtimeconfig.json"]) File.Copy(Path.Combine(AppContext.BaseDirectory, file), _folder.File($"app/{file}"));
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f) != "medbench.dll"))
            File.CreateSymbolicLink(_folder.File($"app/{Path.GetFileName(file)}"), file);
        File.CreateSymbolicLink(_folder.File($"app/{Glue}"), Directory.EnumerateFiles(AppContext.BaseDirectory, Glue, SearchOption.AllDirectories).First());
        File.Copy(Repository.File($"eng/{Script}"), _folder.File($"app/{Script}"));
    }

    private (int ExitCode, string Output) Run(string command)
    {
        var start = new ProcessStartInfo("bash", [_folder.File($"app/{Script}"), command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = _folder.Path;
        start.Environment["MEDBENCH_CACHE"] = _folder.File("cache");
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { } host) start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(host);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
