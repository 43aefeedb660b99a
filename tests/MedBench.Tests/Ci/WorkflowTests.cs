using System.Text.RegularExpressions;
using MedBench.Tests.Cli;
using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Ci;

/// <summary>What reviewers of workflows look for, so that nobody has to.</summary>
public sealed partial class WorkflowTests
{
    // Every right beyond reading the source, and who needs it.
    private static readonly Dictionary<string, string[]> s_rights = new()
    {
        ["reproduce.yml plan"] = ["contents: read", "actions: read"],
        ["reproduce.yml report"] = ["contents: read", "actions: read"],
        ["reproduce.yml publish"] = ["pages: write", "id-token: write"],
        ["release.yml attest"] = ["id-token: write", "attestations: write"],
        ["release.yml publish"] = ["contents: write"],
    };

    private static readonly Dictionary<string, string> s_help = [];

    [Fact]
    public void Workflows_AreThere() => Assert.Equal(["ci.yml", "nightly.yml", "release.yml", "reproduce.yml"], Workflow.All.Select(w => w.Name));

    [Fact]
    public void Workflow_HasNoRightsAndOneRunAtATime() => Assert.All(Workflow.All, workflow =>
    {
        Assert.Empty(((YamlMappingNode)workflow.Root["permissions"]).Children);
        Assert.NotEmpty(((YamlMappingNode)workflow.Root["concurrency"])["group"].ToString());
    });

    [Fact]
    public void Job_HasTheLeastRightsAndATimeLimit() => Assert.All(Workflow.All.SelectMany(w => w.Jobs.Select(j => (w, j.Name, j.Job))), item =>
    {
        var (workflow, name, job) = item;
        string[] rights = [.. ((YamlMappingNode)job["permissions"]).Select(p => $"{p.Key}: {p.Value}")];
        Assert.Equal(s_rights.GetValueOrDefault($"{workflow.Name} {name}", ["contents: read"]), rights);
        // A hosted runner ends a job after 360 minutes, and with it everything that the job did not store.
        Assert.InRange(int.Parse(job["timeout-minutes"].ToString(), System.Globalization.CultureInfo.InvariantCulture), 5, 359);
    });

    [Fact]
    public void Action_IsGitHubsOwnAndPinnedByCommitWithItsVersion()
    {
        var pins = new Dictionary<string, string>();
        Assert.All(Workflow.All.SelectMany(w => w.Text.Split('\n')).Where(line => line.Contains("uses:", StringComparison.Ordinal)), line =>
        {
            var match = Uses().Match(line);
            Assert.True(match.Success, line);
            string action = match.Groups["action"].Value.Split('/')[1], pin = match.Groups["pin"].Value;
            Assert.Equal(pins.TryAdd(action, pin) ? pin : pins[action], pin);
        });
        Assert.Equal(Workflow.All.SelectMany(w => w.Steps).Count(s => Workflow.Value(s, "uses") is not null), Workflow.All.Sum(w => w.Text.Split("uses:").Length - 1));
    }

    [Fact]
    public void Checkout_LeavesNoCredentials() => Assert.All(
        Workflow.All.SelectMany(w => w.Steps).Where(s => Workflow.Value(s, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
        step => Assert.Equal("false", Workflow.Value((YamlMappingNode)step["with"], "persist-credentials")));

    // actions/cache refuses a key with a comma, which every filter of two conditions has; and a key is written once.
    [Fact]
    public void Cache_Key_HoldsNothingThatAUserTyped() => Assert.All(
        Workflow.All.SelectMany(w => w.Steps).Where(s => Workflow.Value(s, "uses")?.StartsWith("actions/cache", StringComparison.Ordinal) == true).Select(s => (YamlMappingNode)s["with"]),
        with => Assert.DoesNotMatch(@"inputs\.(filter|shards|runner)", $"{Workflow.Value(with, "key")} {Workflow.Value(with, "restore-keys")}"));

    // The standard runners have no GPU: as the inputs stand, a dispatch must be able to succeed.
    [Fact]
    public void Reproduce_AsItIsOffered_RunsOnAStandardRunner()
    {
        var inputs = (YamlMappingNode)Workflow.All.Single(w => w.Name == "reproduce.yml").Root["on"]["workflow_dispatch"]["inputs"];
        Assert.Equal(("ubuntu-24.04", "cpu", "cpu"), (inputs["runner"]["default"].ToString(), inputs["backend"]["default"].ToString(), inputs["tier"]["default"].ToString()));
    }

    // A secret in the environment of a job is in that of every program that its steps start.
    [Fact]
    public void Secret_IsInTheEnvironmentOfOneStepOnly() => Assert.All(
        Workflow.All.SelectMany(w => w.Jobs).Select(j => j.Job).Where(j => j.Children.ContainsKey("env")), job => Assert.DoesNotContain("secrets.", job["env"].ToString(), StringComparison.Ordinal));

    // No registry's address stands in the repository: where packages go is the repository variable PACKAGE_FEED.
    [Fact]
    public void Release_PushesToTheFeedOfAVariable() =>
        Assert.All(Workflow.All, w => Assert.DoesNotMatch("--source https?:", w.Text));

    // What GitHub puts into a script is a hole for injection, and no command for anybody else's shell.
    [Fact]
    public void Script_IsACommandForEveryShell() => Assert.All(Workflow.All.SelectMany(w => w.Scripts), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));

    [Fact]
    public void Script_OfTheRepository_IsThereAndMayRun() => Assert.All(Workflow.All.SelectMany(w => w.Scripts).SelectMany(s => OwnScript().Matches(s).Select(m => m.Value)).Distinct(), script =>
    {
        string path = Repository.File(script);
        Assert.True(File.Exists(path), script);
        if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute), $"chmod +x {script}");
    });

    public static IEnumerable<object[]> Commands => Workflow.All.SelectMany(w => w.Scripts)
        .SelectMany(s => MedBenchCall().Matches(s))
        .SelectMany(m => Option().Matches(m.Groups["rest"].Value).Select(o => o.Value).Append("").Select(option => (Command: m.Groups["command"].Value, Option: option)))
        .Distinct()
        .Select(c => (object[])[c.Command, c.Option]);

    [Theory]
    [MemberData(nameof(Commands))]
    public void MedBench_CommandOfAWorkflow_Exists(string command, string option)
    {
        string help = Help(command);
        // An unknown command is answered by the help of the whole.
        bool found = Regex.IsMatch(help, $@"(?m)^\s+medbench {command}\b") && help.Contains(option, StringComparison.Ordinal);
        Assert.True(found, help);
    }

    private static string Help(string command)
    {
        lock (s_help)
        {
            if (s_help.TryGetValue(command, out string? known)) return known;
            using var folder = new TestFolder();
            return s_help[command] = MedBenchProcess.RunAsync(folder, [.. command.Split(' '), "--help"]).GetAwaiter().GetResult().Out;
        }
    }

    [GeneratedRegex(@"^\s*(?:- )?uses: (?<action>(?:actions|github)/[a-z/-]+)@(?<pin>[0-9a-f]{40} # v\d+\.\d+\.\d+)$")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\beng/[a-z-]+\.sh\b")]
    private static partial Regex OwnScript();

    [GeneratedRegex(@"--project src/MedBench\.Cli[^\n]*? -- (?<command>(?:data|claims|models) [a-z]+|[a-z]+)(?<rest>[^\n]*)")]
    private static partial Regex MedBenchCall();

    [GeneratedRegex(@"(?<= )--[a-z-]+")]
    private static partial Regex Option();
}
