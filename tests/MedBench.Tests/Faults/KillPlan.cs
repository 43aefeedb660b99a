using System.Globalization;
using System.Text.Json.Nodes;
using MedBench.Core.Files;
using MedBench.Data.Randomness;
using Xunit.Abstractions;

namespace MedBench.Tests.Faults;

/// <summary>
/// Kills a piece of work at random points until it has been killed often enough, looks at what is left each time, and lets it
/// end well at last. <c>MEDBENCH_KILLS</c> is the number of kills that the plans share (default 40), <c>MEDBENCH_FAULT_SEED</c>
/// the seed of the points (default 1).
/// </summary>
internal sealed class KillPlan
{
    private const int DefaultKills = 40;

    /// <summary>Name in the list of counts.</summary>
    public required string Name { get; init; }

    /// <summary>This plan's part of all kills, in percent.</summary>
    public required int Share { get; init; }

    /// <summary>Starts the work, or goes on with it.</summary>
    public required Func<Victim> Start { get; init; }

    /// <summary>Looks for what must never be, after a kill.</summary>
    public required Action AfterKill { get; init; }

    /// <summary>Looks whether the work is done and right.</summary>
    public required Action AfterEnd { get; init; }

    /// <summary>Takes the work away, so that it can begin anew.</summary>
    public required Action Reset { get; init; }

    public static int Kills(int share) => Math.Max(1, Total * share / 100);

    private static int Total => Number("MEDBENCH_KILLS", DefaultKills);

    public void Carry(ITestOutputHelper output)
    {
        int wanted = Kills(Share), kills = 0, ends = 0, seed = Number("MEDBENCH_FAULT_SEED", 1);
        var random = SplitMix64.From(seed, Share, Name.Length);
        var whole = Uninterrupted();
        Reset();
        while (kills < wanted)
        {
            Assert.True(ends <= 20 + 3 * wanted, $"{Name}: {kills} of {wanted} kills came in time, {ends} too late");
            using var victim = Start();
            if (victim.KillAfter(whole * (random.Next(1000) / 1000.0)))
            {
                kills++;
                AfterKill();
                continue;
            }
            victim.Finish();
            ends++;
            AfterEnd();
            Reset();
        }
        Uninterrupted();
        output.WriteLine($"{Name}: {kills} kills, {ends + 2} times to the end, {whole.TotalMilliseconds:F0} ms of work uninterrupted, seed {seed}");
        Record(Name, kills, ends + 2);
    }

    /// <summary>Adds a line to <c>artifacts/test-results/kills.json</c> of the repository, where the tests run in one.</summary>
    public static void Record(string name, int kills, int ends)
    {
        string root = Repository.Root;
        string path = Path.Combine(root, "artifacts", "test-results", "kills", $"{name.Replace(' ', '-')}.json");
        AtomicFile.WriteText(path, new JsonObject { ["name"] = name, ["kills"] = kills, ["ends"] = ends }.ToJsonString() + "\n");
    }

    private TimeSpan Uninterrupted()
    {
        using var process = Start();
        var (time, _) = process.Finish();
        AfterEnd();
        return time;
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
