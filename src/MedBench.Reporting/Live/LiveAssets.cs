using System.Reflection;

namespace MedBench.Reporting.Live;

/// <summary>The embedded page of the live view.</summary>
internal static class LiveAssets
{
    /// <summary>One file of <c>Live/Assets</c>.</summary>
    internal static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Live/{name}") ?? throw new ArgumentException($"no embedded file '{name}'", nameof(name));
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
