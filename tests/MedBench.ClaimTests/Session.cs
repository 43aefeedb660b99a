using System.Reflection;
using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;

namespace MedBench.ClaimTests;

/// <summary>What this test run works on: files of the repository, or of the folders that the environment names.</summary>
public sealed class Session
{
    private const string DefaultTier = "none";
    private static readonly Lazy<Session> s_current = new(() => new Session());
    private readonly Lazy<IReadOnlyDictionary<string, KnownCell>> _cells;

    private Session()
    {
        Results = Setting("MEDBENCH_RESULTS") ?? Path.Combine(Root, "results");
        bool recompute = Setting("MEDBENCH_RECOMPUTE") == "1";
        Recompute = recompute;
        Tier = TierOf(Setting("MEDBENCH_TIER") ?? DefaultTier);
        Book = Book.Open(
            Setting("MEDBENCH_EXPECTED") ?? Path.Combine(Root, Book.DefaultFolder), Results, Setting("MEDBENCH_EXPERIMENTS") ?? Path.Combine(Root, "experiments"), recompute);
        Claims = Book.Claims.ToDictionary(c => c.Id);
        _cells = new(PublishedCells);
    }

    public static Session Current => s_current.Value;

    public static string Root { get; } = typeof(Session).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "Root").Value!;

    public Book Book { get; }

    public string Results { get; }

    public bool Recompute { get; }

    /// <summary>The highest tier that may be trained; null for none.</summary>
    public Tier? Tier { get; }

    public IReadOnlyDictionary<string, Claim> Claims { get; }

    /// <summary>Every published cell of a paper, by row id: the cell's id and its tier.</summary>
    public IReadOnlyDictionary<string, KnownCell> Cells => _cells.Value;

    private static string? Setting(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static Tier? TierOf(string name) => name == DefaultTier ? null : Kebab.Parse<Tier>("MEDBENCH_TIER", name, DefaultTier);

    // The demo is no paper. A cell without an experiment has no tier: nothing here can run it.
    private Dictionary<string, KnownCell> PublishedCells() => Book.Evidence.Known
        .Where(c => c.Key.Paper != "demo" && Book.Evidence.Published.Find(c.Key) is not null)
        .GroupBy(c => c.Key)
        .Select(same => same.MinBy(c => c.Declared?.Tier)!)
        .ToDictionary(RowId);

    private static string RowId(KnownCell cell) => $"{cell.Key.Id}/tier-{cell.Declared?.Tier.Name() ?? DefaultTier}";
}
