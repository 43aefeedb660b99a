using System.Diagnostics;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Ci.Rehearsals;

/// <summary>
/// Walks the <c>run:</c> steps of reproduce.yml on this machine, job after job, each in a checkout of its own: what GitHub does between them
/// (expressions, conditions, matrix, outputs, caches, artifacts, re-runs) is done by stand-ins. The build is left out, and <c>dotnet run</c> is the
/// <c>medbench</c> of these tests.
/// </summary>
internal sealed class Rehearsal
{
    private readonly string _folder;
    private readonly Workflow _workflow = Workflow.All.Single(w => w.Name == "reproduce.yml");
    private readonly Dictionary<string, string> _inputs;
    private readonly StringBuilder _log = new();
    private readonly Dictionary<string, (string Result, Dictionary<string, string> Outputs)> _jobs = [];
    private readonly Hub _hub;
    private readonly int _run;
    private int _attempt;

    /// <param name="folder">Where the stand-in for GitHub keeps what it keeps; shared by the dispatches of one repository.</param>
    /// <param name="run">Number of the dispatch.</param>
    /// <param name="inputs">What the user typed; the rest is as the form offers it.</param>
    public Rehearsal(string folder, int run, params (string Name, string Value)[] inputs)
    {
        (_folder, _run, _hub) = (folder, run, new Hub(folder));
        _inputs = ((YamlMappingNode)_workflow.Root["on"]["workflow_dispatch"]["inputs"]).ToDictionary(i => i.Key.ToString(), i => i.Value["default"].ToString());
        foreach (var (name, value) in inputs) _inputs[name] = value;
    }

    /// <summary>What happened, a line a step.</summary>
    public string Log => _log.ToString();

    /// <summary>How each job of the last attempt ended, those of a matrix by their shard: <c>shard 2</c>.</summary>
    public IReadOnlyDictionary<string, string> Results => _jobs.ToDictionary(j => j.Key, j => j.Value.Result);

    /// <summary>Shell text that is put before each script of a job: how a test breaks something in it.</summary>
    public Func<string, int, string> Sabotage { get; init; } = (_, _) => "";

    /// <summary>The checkouts of the jobs, by name.</summary>
    public string WorkspaceOf(string job) => Path.Combine(_folder, "work", $"{_run}-{_attempt}", job.Replace(' ', '-'));

    /// <summary>Starts it, or, with an attempt before, does "Re-run failed jobs": these and all that need them.</summary>
    public Rehearsal Go()
    {
        _attempt++;
        _log.AppendLine($"== dispatch {_run}, attempt {_attempt}: {string.Join(", ", _inputs.Where(i => i.Value.Length > 0).Select(i => $"{i.Key}={i.Value}"))}");
        var again = new HashSet<string>();
        foreach (var (name, job) in _workflow.Jobs)
        {
            string[] needs = !job.Children.TryGetValue("needs", out var n) ? [] : n is YamlSequenceNode list ? [.. list.Select(x => x.ToString())] : [n.ToString()];
            string[] known = [.. _jobs.Keys.Where(k => k == name || k.StartsWith(name + " ", StringComparison.Ordinal))];
            if (known.Length > 0 && known.All(k => _jobs[k].Result is "success") && !needs.Any(again.Contains)) continue;
            bool success = needs.SelectMany(need => _jobs.Where(j => j.Key == need || j.Key.StartsWith(need + " ", StringComparison.Ordinal))).All(j => j.Value.Result == "success")
                && needs.All(need => Result(need) == "success");
            var expressions = new Expressions(e => Known(e, null, null, []), _folder);
            if (!expressions.Holds(Workflow.Value(job, "if"), success))
            {
                _jobs[name] = ("skipped", []);
                _log.AppendLine($"{name}: skipped");
                continue;
            }
            if (job.Children.ContainsKey("strategy"))
            {
                string matrix = expressions.Fill(job["strategy"]["matrix"].ToString().Replace("fromJSON(", "").Replace(")", ""));
                foreach (string shard in JsonDocument.Parse(matrix).RootElement.GetProperty("shard").EnumerateArray().Select(x => x.ToString()))
                    if (!_jobs.TryGetValue($"{name} {shard}", out var before) || before.Result != "success") Run(name, job, shard);
            }
            else Run(name, job, null);
            again.Add(name);
        }
        return this;
    }

    /// <summary>Lets a script be started.</summary>
    public static void MakeExecutable(string script)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Result(string job)
    {
        string[] results = [.. _jobs.Where(j => j.Key == job || j.Key.StartsWith(job + " ", StringComparison.Ordinal)).Select(j => j.Value.Result)];
        return results.Contains("failure") ? "failure" : results.Contains("success") ? "success" : results.FirstOrDefault() ?? "skipped";
    }

    private void Run(string name, YamlMappingNode job, string? shard)
    {
        string title = shard is null ? name : $"{name} {shard}", workspace = WorkspaceOf(title), temporary = Path.Combine(workspace, ".runner");
        Checkout(workspace);
        Directory.CreateDirectory(temporary);
        var steps = new Dictionary<string, Dictionary<string, string>>();
        var expressions = new Expressions(e => Known(e, name, shard, steps), workspace);
        var environment = new Dictionary<string, string>();
        foreach (var node in ((YamlMappingNode[])[(YamlMappingNode)_workflow.Root["env"], .. job.Children.TryGetValue("env", out var own) ? [(YamlMappingNode)own] : Array.Empty<YamlMappingNode>()]).SelectMany(m => m))
            environment[node.Key.ToString()] = expressions.Fill(node.Value.ToString());
        bool success = true;
        var saves = new List<string>();
        foreach (var step in ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>())
        {
            string what = Workflow.Value(step, "name") ?? "?";
            if (!expressions.Holds(Workflow.Value(step, "if"), success)) continue;
            var own2 = new Dictionary<string, string>(environment);
            if (step.Children.TryGetValue("env", out var extra)) foreach (var (key, value) in (YamlMappingNode)extra) own2[key.ToString()] = expressions.Fill(value.ToString());
            var outputs = new Dictionary<string, string>();
            string outcome;
            try
            {
                outcome = Workflow.Value(step, "run") is { } script ? Shell(title, expressions.Fill(script), workspace, temporary, own2, outputs) : Action(step, expressions, workspace, saves, outputs);
            }
            catch (InvalidOperationException e)
            {
                outcome = e.Message;
            }
            if (Workflow.Value(step, "id") is { } id) steps[id] = outputs;
            bool failed = outcome.Length > 0 && Workflow.Value(step, "continue-on-error") != "true";
            _log.AppendLine($"{title}: {what}: {(outcome.Length == 0 ? "ok" : outcome)}");
            success &= !failed;
        }
        if (success) foreach (string key in saves) _hub.SaveCache(key);
        var results = new Dictionary<string, string>();
        if (job.Children.TryGetValue("outputs", out var declared)) foreach (var (key, value) in (YamlMappingNode)declared) results[key.ToString()] = expressions.Fill(value.ToString());
        _jobs[title] = (success ? "success" : "failure", results);
        _log.AppendLine($"{title}: {_jobs[title].Result}");
    }

    // What a checkout has and the steps use; experiments and numbers are the test's own.
    private void Checkout(string workspace)
    {
        Hub.Copy(Repository.File("eng"), Path.Combine(workspace, "eng"));
        foreach (string script in Directory.EnumerateFiles(Path.Combine(workspace, "eng"), "*.sh")) MakeExecutable(script);
        Hub.Copy(Path.Combine(_folder, "checkout"), workspace);
    }

    private string Action(YamlMappingNode step, Expressions expressions, string workspace, List<string> saves, Dictionary<string, string> outputs)
    {
        string action = step["uses"].ToString().Split('@')[0];
        var with = step.Children.TryGetValue("with", out var given) ? ((YamlMappingNode)given).ToDictionary(w => w.Key.ToString(), w => expressions.Fill(w.Value.ToString())) : [];
        bool Is(string key) => with.GetValueOrDefault(key) == "true";
        switch (action)
        {
            case "actions/checkout" or "actions/setup-dotnet":
                break;
            case "actions/cache":
                if (!_hub.CacheHit(with["key"])) saves.Add(with["key"]);
                break;
            case "actions/upload-artifact":
                _hub.Upload(_run, with["name"], Path.Combine(workspace, with["path"]), Is("include-hidden-files"), Is("overwrite"), with.GetValueOrDefault("if-no-files-found") == "ignore");
                break;
            case "actions/download-artifact":
                _hub.Download(_run, with.GetValueOrDefault("name"), with.GetValueOrDefault("pattern"), Path.Combine(workspace, with["path"]), Is("merge-multiple"));
                break;
            case "actions/upload-pages-artifact":
                _hub.Upload(_run, with["name"], Path.Combine(workspace, with["path"]), hidden: false, overwrite: false, ignoreNothing: false);
                break;
            case "actions/deploy-pages":
                outputs["page_url"] = _hub.Deploy(_run, with["artifact_name"]);
                break;
            default:
                throw new InvalidOperationException($"{action} has no stand-in");
        }
        return "";
    }

    private string Shell(string job, string script, string workspace, string temporary, Dictionary<string, string> environment, Dictionary<string, string> outputs)
    {
        string output = Path.Combine(temporary, "output");
        File.Delete(output);
        // As GitHub starts it.
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", Sabotage(job, _attempt) + script]) { WorkingDirectory = workspace, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        start.Environment["PATH"] = $"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["GITHUB_OUTPUT"] = output;
        start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(temporary, "summary");
        start.Environment["REHEARSAL_HUB"] = _folder;
        foreach (string variable in (string[])["MEDMNIST_ROOT", "MEDBENCH_CACHE", "HF_HUB_CACHE"]) start.Environment[variable] = Path.Combine(_folder, variable);
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment.Remove("MEDBENCH_WEIGHTS");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        if (File.Exists(output)) foreach (string line in File.ReadLines(output)) outputs[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        return process.ExitCode == 0 ? "" : $"exit {process.ExitCode}: {said.Trim().Split('\n')[^1]}";
    }

    private string? Known(string name, string? job, string? shard, Dictionary<string, Dictionary<string, string>> steps) => name.Split('.') switch
    {
        ["inputs", var input] => _inputs[input],
        ["matrix", "shard"] => shard,
        ["github", "run_id"] => $"{_run}",
        ["github", "run_attempt"] => $"{_attempt}",
        ["github", "repository"] => "owner/name",
        ["github", "token"] or ["secrets", _] => "secret",
        ["runner", "os"] => "Linux",
        ["needs", var need, "result"] => Result(need),
        ["needs", var need, "outputs", var output] => _jobs[need].Outputs[output],
        // Of a step that was not reached, too.
        ["steps", var step, "outputs", var output] => steps.GetValueOrDefault(step)?.GetValueOrDefault(output) ?? "",
        _ => null,
    };
}
