using System.ComponentModel;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Papers;

namespace MedBench.Claims.Published;

/// <summary>A file <c>expected-results/STUDY/study.yaml</c>: where a study's numbers come from, and in what its protocol differs from those whose sentences are tested on them.</summary>
public sealed record Study
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    private const string Fix = "compare it with expected-results/pecco2026/study.yaml or with schemas/study.schema.json";

    [Description("Version of the file format: 1.")]
    public required int Schema { get; init; }

    [Description("The study: its folder in expected-results.")]
    public required string Paper { get; init; }

    [Description("Where the numbers come from: repository and commit, or DOI.")]
    public required string Source { get; init; }

    [Description("What was run, in one sentence.")]
    public required string Protocol { get; init; }

    [Description("Licence of the source (default: not stated).")]
    public string Licence { get; init; } = "not stated";

    [Description("By paper: in what this protocol differs from that paper's. A sentence of that paper that is tested on these numbers carries them.")]
    public Dictionary<string, string[]> Deviations { get; init; } = [];

    internal static Study Read(ExpectedFiles files, string path, string folder, IReadOnlyCollection<string> papers)
    {
        var places = new YamlPlaces(files.Text(path), files.Display(path));
        var study = StrictYaml.Read<Study>(places, CurrentSchema, Fix);
        MedBenchException Error(string message, string fix, params object[] at) => new($"{places.Of(at)}: {message}", fix);
        if (study.Paper != folder)
            throw Error($"it is about {study.Paper}, in the folder of {folder}", $"write paper: {folder}", "paper");
        foreach (string paper in study.Deviations.Keys.Where(p => !papers.Contains(p)))
            throw Error(Names.Unknown("paper", paper, papers).Message, "name a paper of papers.csv", "deviations", paper);
        return study;
    }
}
