using System.Reflection;
using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;

namespace MedBench.ClaimTests;

/// <summary>What this test run works on: files of the repository, or of the folders that the environment names.</summary>
public sealed class Session
{
    private const string DefaultTier = "none";
    private static readonly Lazy<Session> s_current = new(Open);
    private readonly Lazy<IReadOnlyDictionary<string, KnownCell>> _cells;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _accepted;

    // Where the files cannot be read there are no rows, and a filter by one's name would find nothing and look like success: dotnet test reads this file at its end.
    private static Session Open()
    {
        try
        {
            return new Session();
        }
        catch (MedBenchException e)
        {
            if (Setting("MEDBENCH_SUMMARY") is null) AtomicFile.WriteText(Path.Combine(Root, "artifacts", "claims", "broken.txt"), $"{e.Message}; {e.Fix}");
            throw;
        }
    }

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
        _accepted = new(AcceptedOutcomes);
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

    /// <summary>What was accepted of a row, in words, by row id; rows without a snapshot are left out.</summary>
    public IReadOnlyDictionary<string, string> Accepted => _accepted.Value;

    private static string? Setting(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static Tier? TierOf(string name) => name == DefaultTier ? null : Kebab.Parse<Tier>("MEDBENCH_TIER", name, DefaultTier);

    // The demo is no paper. A cell without an experiment has no tier: nothing here can run it.
    private Dictionary<string, KnownCell> PublishedCells() => Book.Evidence.Known
        .Where(c => c.Key.Paper != "demo" && Book.Evidence.Published.Find(c.Key) is not null)
        .GroupBy(c => c.Key)
        .Select(same => same.MinBy(c => c.Declared?.Tier)!)
        .ToDictionary(RowId);

    // A printed number's is that in the snapshot of the claim on it.
    private Dictionary<string, string> AcceptedOutcomes()
    {
        var snapshots = Claims.Values.Select(c => (Claim: c, Snapshot: Book.Snapshots.Read(c.Id))).Where(s => s.Snapshot is not null).ToList();
        var accepted = snapshots.ToDictionary(s => s.Claim.Id, s => s.Snapshot!.Outcome.Words());
        var verdicts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (claim, snapshot) in snapshots.Where(s => s.Claim is { IsOnCells: true, Against: null } && s.Claim.Evidence == EvidenceSource.OurRuns))
            foreach (var cell in snapshot!.Cells)
                if (cell.Verdict is { } verdict) verdicts.TryAdd(cell.Id, verdict.Replace('-', ' '));
        foreach (var (id, cell) in Cells)
            if (verdicts.TryGetValue(cell.Key.ToString(), out string? verdict)) accepted.TryAdd(id, verdict);
        return accepted;
    }

    private static string RowId(KnownCell cell) => $"{cell.Key.Id}/tier-{cell.Declared?.Tier.Name() ?? DefaultTier}";
}
