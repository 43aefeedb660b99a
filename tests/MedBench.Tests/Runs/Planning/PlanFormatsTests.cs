using System.Diagnostics;
using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;
using MedBench.Runs.Planning.Formats;
using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Runs.Planning;

public sealed class PlanFormatsTests
{
    [Fact]
    public void GitHub_Matrix_IsOneLineOfNumbers() => Assert.Equal("""{"shard":[1,2,3]}""", GitHubFormat.Matrix(Plan(3)));

    [Theory]
    [InlineData("github", 256)]
    [InlineData("slurm", 1000)]
    public void Check_MoreShardsThanTheEngineTakes_IsRefused(string name, int most)
    {
        var (format, plan) = (PlanFormats.Get(name), Plan(1));
        PlanFormats.Check(format, plan with { Shards = [.. Enumerable.Repeat(plan.Shards[0], most)] });
        Assert.Contains($"takes {most} at once", Assert.Throws<MedBenchException>(() => PlanFormats.Check(format, plan with { Shards = [.. Enumerable.Repeat(plan.Shards[0], most + 1)] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_UnknownName_SuggestsTheNearest() => Assert.Equal("did you mean 'slurm'?", Assert.Throws<MedBenchException>(() => PlanFormats.Get("slurms")).Fix);

    [Theory]
    [InlineData(0, "0-00:10:00")]
    [InlineData(3600, "0-01:40:00")]
    [InlineData(100_000, "1-17:50:00")]
    public void Slurm_TimeLimit_IsHalfAsMuchAgainAndTenMinutes(double seconds, string limit) => Assert.Equal(limit, SlurmFormat.Time(seconds));

    [Theory]
    [InlineData("cuda", true)]
    [InlineData("cpu", false)]
    public void Slurm_Script_AsksForAGpuWhereThePlanIsForOne(string device, bool gpu)
    {
        string text = Assert.Single(new SlurmFormat().Files(Plan(3, device))).Text;
        Assert.Equal(gpu, text.Contains("#SBATCH --gres=gpu:1\n", StringComparison.Ordinal));
        Assert.Contains("#SBATCH --array=1-3\n", text, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --signal=B:USR1@120\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slurm")]
    [InlineData("shell")]
    [InlineData("kubernetes")]
    [InlineData("github")]
    public void Files_OfAnyFormat_HaveEveryPlaceFilled(string name) =>
        Assert.All(PlanFormats.Get(name).Files(Plan(2, "cuda")), f => Assert.DoesNotMatch("@[A-Z]+@", f.Text));

    [SkippableTheory]
    [InlineData("slurm")]
    [InlineData("shell")]
    public void Scripts_AreReadByBash(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash: run the tests on Linux or macOS");
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true })!;
        bash.StandardInput.Write(Assert.Single(PlanFormats.Get(name).Files(Plan(2))).Text);
        bash.StandardInput.Close();
        bash.WaitForExit();
        Assert.Equal(0, bash.ExitCode);
    }

    [Fact]
    public void Kubernetes_Job_IsIndexedNonRootAndKnowsTheExitCodeOfAStop()
    {
        var files = new KubernetesFormat().Files(Plan(2, "cuda")).ToDictionary(f => f.Path, f => f.Text);
        var spec = At(Load(files["base/job.yaml"]), "spec");
        Assert.Equal("Indexed", Text(spec, "completionMode"));
        var pod = At(spec, "template", "spec");
        Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
        Assert.Equal("Never", Text(pod, "restartPolicy"));
        var container = ((YamlSequenceNode)At(pod, "containers")).Single();
        Assert.Equal("1", Text(container, "resources", "limits", "nvidia.com/gpu"));
        Assert.Equal("[ 75 ]", ((YamlSequenceNode)At(spec, "podFailurePolicy", "rules"))[0]["onExitCodes"]["values"].ToString());
        // Every volume that is mounted exists, and the claims are in the base.
        string[] volumes = [.. ((YamlSequenceNode)At(pod, "volumes")).Select(v => Text(v, "name"))];
        Assert.All((YamlSequenceNode)At(container, "volumeMounts"), m => Assert.Contains(Text(m, "name"), volumes));
        Assert.All(["medbench-caches", "medbench-results"], claim => Assert.Contains($"name: {claim}\n", files["base/volumes.yaml"], StringComparison.Ordinal));
        // The overlay's patches are by index: they must meet what they mean.
        Assert.StartsWith("--device=", ((YamlSequenceNode)At(container, "args"))[7].ToString(), StringComparison.Ordinal);
        Assert.Contains("value: --device=cuda\n", files["kustomization.yaml"], StringComparison.Ordinal);
        Assert.Contains("path: /spec/completions\n        value: 2\n", files["kustomization.yaml"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu", "[{ name: NVIDIA_VISIBLE_DEVICES, value: void }]")]
    [InlineData("cuda", "[]")]
    public void Kubernetes_PodWithoutAGpu_SeesNone(string device, string environment) =>
        Assert.Contains($"/env\n        value: {environment}\n", new KubernetesFormat().Files(Plan(2, device)).Single(f => f.Path == "kustomization.yaml").Text, StringComparison.Ordinal);

    [Fact]
    public void Kubernetes_PlanLargerThanAConfigMap_IsRefusedWithTheWayOut()
    {
        var plan = Plan(1);
        var large = plan with { Experiments = [new PlanSource("x.yaml", new string('x', 1 << 20))] };
        Assert.Contains("--filter", Assert.Throws<MedBenchException>(() => new KubernetesFormat().Files(large)).Fix, StringComparison.Ordinal);
    }

    // What kubectl makes of it: the image of every container is set, and each component is in.
    [SkippableFact]
    public async Task Kubernetes_WithItsComponents_IsBuiltByKubectl()
    {
        Skip.If(!await Answers("kubectl", "version", "--client"), "needs kubectl: apt-get install kubernetes-client");
        using var folder = new TestFolder();
        foreach (var file in new KubernetesFormat().Files(Plan(2, "cuda")))
            folder.Write(file.Path, System.Text.Encoding.UTF8.GetBytes(file.Text.Replace("# components:", "components:").Replace("#   - components", "  - components")));
        Plan(2, "cuda").Write(folder.File("plan.json"));
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder.Path]) { RedirectStandardOutput = true })!;
        string built = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        Assert.Equal(0, kubectl.ExitCode);
        var job = built.Split("---\n").Select(Load).Single(o => Text(o, "kind") == "Job");
        Assert.Equal("nvidia", Text(job, "spec", "template", "spec", "runtimeClassName"));
        var first = (YamlSequenceNode)At(job, "spec", "template", "spec", "initContainers");
        // Folders first, files into them then.
        Assert.Equal(["own-volumes", "fill-caches"], first.Select(c => Text(c, "name")));
        Assert.All(first, c => Assert.Equal("medbench:cuda", Text(c, "image")));
    }

    private static async Task<bool> Answers(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static WorkPlan Plan(int shards, string device = "cpu")
    {
        var files = ExperimentCatalog.BuiltIn(PublishedResults.Load().Catalog).Where(f => f.Name == "yang2023/from-scratch").ToList();
        return WorkPlanTests.Plan(files, files[0].Cells, shards, device);
    }

    private static YamlNode Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Single().RootNode;
    }

    private static YamlNode At(YamlNode node, params string[] keys) => keys.Aggregate(node, (n, key) => n[key]);

    private static string Text(YamlNode node, params string[] keys) => ((YamlScalarNode)At(node, keys)).Value!;
}
