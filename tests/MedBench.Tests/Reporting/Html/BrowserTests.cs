using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;
using Microsoft.Playwright;

namespace MedBench.Tests.Reporting.Html;

/// <summary>The page as a reader has it: in a browser.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    // What the newest of axe complains about is not a fault of yesterday's page: .ci/run and docs/report.md fetch this one.
    private const string AxePackage = "axe-core@4.14.1";

    private static string Axe { get; } = Path.Combine(Repository.Root, "artifacts", "npm", "node_modules", "axe-core", "axe.min.js");

    private Task<OpenPage> Open(int width = 1280, ColorScheme scheme = ColorScheme.Light, string anchor = "", bool bypassPolicy = false) =>
        OpenPage.Of(chromium, SampleReport.MeasuredPage, width, scheme, anchor, bypassPolicy);

    [SkippableFact]
    public async Task Page_Opened_HasNoComplaintAndAsksForNothing()
    {
        await using var open = await Open();
        await open.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme") }).ClickAsync();

        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
        int[] levels = [.. (await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)")).Select(tag => tag[1] - '0')];
        Assert.Equal([1, 2], levels.Take(2));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
    }

    [SkippableFact]
    public async Task Table_SortedByKeyboard_IsOrderedAndSaysSo()
    {
        await using var open = await Open();
        var sorter = open.Page.Locator("#cell-table thead button", new() { HasTextString = "Printed %" });
        await sorter.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        double[] up = await Printed(open);
        Assert.NotEmpty(up);
        Assert.Equal(up.Order(), up);
        Assert.Equal("ascending", await open.Page.Locator("#cell-table th:has(button:focus)").GetAttributeAsync("aria-sort"));

        await open.Page.Keyboard.PressAsync("Enter");
        double[] down = await Printed(open);
        Assert.Equal(down.OrderDescending(), down);
        Assert.Equal(1, await open.Page.Locator("#cell-table th[aria-sort]").CountAsync());
    }

    [SkippableFact]
    public async Task Table_Filtered_ShowsOnlyWhatFitsAndCountsIt()
    {
        await using var open = await Open();
        await open.Page.Locator("select[data-column='10']").SelectOptionAsync("consistent");
        await open.Page.GetByLabel("Search").FillAsync("breast auc");

        string[] rows = await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#cell-table tbody tr:not([hidden])')].map(r => r.textContent)");
        int consistent = SampleReport.Measured.Cells.Count(c => c.Cell is { Key: { Dataset: "breastmnist", Metric: Metric.Auc }, Verdict.Kind: VerdictKind.Consistent });
        Assert.True(consistent > 0);
        Assert.Equal(consistent, rows.Length);
        Assert.All(rows, r => Assert.Matches("BreastMNIST(.|\n)*AUC(.|\n)*consistent", r));
        Assert.StartsWith($"{consistent} of {consistent} cells shown", await open.Page.Locator("#shown").TextContentAsync(), StringComparison.Ordinal);

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#shown")).ToContainTextAsync("50 of");
    }

    [SkippableFact]
    public async Task Seed_Followed_OpensTheRecordOfItsRun()
    {
        await using var open = await Open();
        var seed = open.Page.Locator("#cell-table tbody a").First;
        string id = (await seed.GetAttributeAsync("href"))![5..];
        await seed.ClickAsync();

        var dialog = open.Page.GetByRole(AriaRole.Dialog, new() { Name = $"Run {id}" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        string text = (await dialog.TextContentAsync())!;
        var run = SampleReport.Measured.Runs.Single(r => r.Id == id);
        Assert.All([run.Result.Spec.DatasetMd5, run.Result.Spec.RecipeHash, run.Command!, run.Result.Environment.Cpu], part => Assert.Contains(part, text, StringComparison.Ordinal));

        await open.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Phone_NoSidewaysScrollOfThePage()
    {
        await using var open = await Open(width: 390);

        int overflow = await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, overflow);
    }

    [SkippableFact]
    public async Task Figures_Each_HaveANameATextAndATable()
    {
        await using var open = await Open();

        int figures = await open.Page.Locator("figure").CountAsync();
        Assert.True(figures >= 5, $"{figures} figures");
        Assert.Equal(figures, await open.Page.EvaluateAsync<int>("[...document.querySelectorAll('figure')].filter(f => f.querySelector('svg[role=img] > title').textContent && f.querySelector('svg > desc').textContent && f.querySelectorAll('table tbody tr').length > 0).length"));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; })()"));
    }

    [Theory]
    [InlineData(".ci/run")]
    [InlineData("docs/report.md")]
    public void Axe_IsTheSameWhereverItIsFetched(string file) =>
        Assert.Contains($"--ignore-scripts {AxePackage}", File.ReadAllText(Repository.File(file)), StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Axe_FindsNothing(ColorScheme scheme, int width)
    {
        Skip.IfNot(File.Exists(Axe), $"needs {Axe}; install it with: npm install --prefix artifacts/npm --no-save --ignore-scripts {AxePackage}");
        await using var open = await Open(width, scheme, bypassPolicy: true);
        await open.Page.EvaluateAsync("document.querySelectorAll('details').forEach((d, i) => { if (i < 40) d.open = true; })");
        // Rows of a table are made alike: some of each will do, and of thousands axe takes half a minute.
        await open.Page.EvaluateAsync("document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(12).forEach(row => row.remove()))");
        await open.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Axe });

        string[] violations = await open.Page.EvaluateAsync<string[]>("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.length + ' x ' + v.nodes[0].html + ' ' + v.nodes[0].failureSummary))");
        Assert.Empty(violations);
    }

    private static Task<double[]> Printed(OpenPage open) => open.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('#cell-table tbody tr:not([hidden]) td:nth-child(9)')].map(c => c.textContent.trim()).filter(t => t).map(Number)");
}
