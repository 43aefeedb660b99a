using System.Reflection;
using System.Runtime.InteropServices;

namespace MedBench.Runs.Store;

/// <summary>Machine and software of a run.</summary>
/// <param name="Os">Operating system.</param>
/// <param name="Cpu">As <see cref="Processor.Describe()"/> writes it; records from before 2026-11-25 hold the name alone.</param>
/// <param name="Threads">Threads that libtorch uses.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="Libtorch">libtorch version.</param>
/// <param name="Device">For example <c>cpu</c>.</param>
/// <param name="Version">This program's version, with the git commit it was built from where known.</param>
public sealed record RunEnvironment(string Os, string Cpu, int Threads, string Runtime, string Libtorch, string Device, string Version)
{
    /// <summary>The environment of this process.</summary>
    public static RunEnvironment Capture(int threads, string libtorch, string device) => new(
        RuntimeInformation.OSDescription, Processor.Describe(), threads, RuntimeInformation.FrameworkDescription, libtorch, device,
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <summary>What can change the bits of a result and is not the same in the two, in words: first here, then in <paramref name="now"/>.</summary>
    public IReadOnlyList<string> Differences(RunEnvironment now) =>
        [.. from pair in ((string What, string Then, string Now)[])[
                ("processor", Cpu, now.Cpu), ("threads", $"{Threads}", $"{now.Threads}"), ("libtorch", Libtorch, now.Libtorch), ("device", Device, now.Device), ("program", Version, now.Version)]
            where pair.Then != pair.Now
            select $"{pair.What} {pair.Then} then, {pair.Now} now"];
}
