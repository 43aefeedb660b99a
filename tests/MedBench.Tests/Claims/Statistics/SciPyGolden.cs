using System.Text.Json;

namespace MedBench.Tests.Claims.Statistics;

/// <summary>Cases of Golden/scipy.json, made by Golden/scipy.py.</summary>
internal static class SciPyGolden
{
    private static readonly JsonElement s_root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "scipy.json"))).RootElement;

    internal static IReadOnlyList<JsonElement> Cases(string name) => [.. s_root.GetProperty(name).EnumerateArray()];

    internal static double Number(this JsonElement one, string name) => one.GetProperty(name).GetDouble();

    internal static double[] Numbers(this JsonElement one, string name) => Numbers(one.GetProperty(name));

    internal static double[][] Rows(this JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];
}
