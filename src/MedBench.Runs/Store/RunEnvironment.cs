using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using MedBench.Models.Kernels;
using static TorchSharp.torch;

namespace MedBench.Runs.Store;

/// <summary>Machine and software of a run.</summary>
/// <param name="Os">Operating system.</param>
/// <param name="Cpu">As <see cref="Processor.Describe()"/> writes it; records from before 2026-11-25 hold the name alone.</param>
/// <param name="Threads">Threads that libtorch uses.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="Libtorch">Version of <see cref="LoadedTorch"/>.</param>
/// <param name="Device">For example <c>cpu</c>.</param>
/// <param name="Version">This program's version, with the git commit it was built from where known.</param>
/// <param name="Gpu">Name of the GPU that computed, as <see cref="Store.Gpu"/> tells it; null of a CPU's runs.</param>
public sealed record RunEnvironment(
    string Os, string Cpu, int Threads, string Runtime, string Libtorch, string Device, string Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Gpu = null)
{
    /// <summary>The environment of this process.</summary>
    /// <param name="device">What it computes on.</param>
    public static RunEnvironment Capture(Device device) => new(
        RuntimeInformation.OSDescription, Processor.Describe(), get_num_threads(), RuntimeInformation.FrameworkDescription, LoadedTorch.Version, device.type.ToString().ToLowerInvariant(),
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, Store.Gpu.NameOf(device));

    /// <summary>What computed, in words: <c>cpu on AMD EPYC</c>, or <c>cuda on NVIDIA H100 beside AMD EPYC</c>.</summary>
    [JsonIgnore]
    public string Hardware => Gpu is null ? $"{Device} on {Cpu}" : $"{Device} on {Gpu} beside {Cpu}";

    /// <summary>What can change the bits of a result and is not the same in the two, in words: first here, then in <paramref name="now"/>.</summary>
    public IReadOnlyList<string> Differences(RunEnvironment now) =>
        [.. from pair in ((string What, string Then, string Now)[])[
                ("processor", Cpu, now.Cpu), ("threads", $"{Threads}", $"{now.Threads}"), ("libtorch", Libtorch, now.Libtorch), ("device", Device, now.Device), ("GPU", Gpu ?? "none", now.Gpu ?? "none"), ("program", Version, now.Version)]
            where pair.Then != pair.Now
            select $"{pair.What} {pair.Then} then, {pair.Now} now"];
}
