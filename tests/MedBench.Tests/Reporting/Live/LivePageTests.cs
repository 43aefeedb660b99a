using MedBench.Reporting.Live;
using MedBench.Tests.Reporting.Html;
using Microsoft.Playwright;

namespace MedBench.Tests.Reporting.Live;

public sealed class LivePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableTheory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Page_OfAGridUnderWay_ShowsItAndComplainsOfNothing(int width, ColorScheme scheme)
    {
        using var store = new TestFolder();
        SampleProgress.Fill(store, DateTimeOffset.UtcNow);
        using var server = LiveServer.Start(store.Path);
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync(server.Address.AbsoluteUri);
        await page.GetByText("1 running, 1 finished").WaitForAsync();

        Assert.Equal(1, await page.Locator("#grids article").CountAsync());
        Assert.Contains("10 of 36 cells", await page.Locator("#grids").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("0.5120", await page.Locator("#running").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("#running .stale").CountAsync());
        Assert.Equal(1, await page.Locator("#finished tr").CountAsync());
        // What a file of the store says is text, and stays text.
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Contains(SampleProgress.Hostile, await page.Locator("#running .stale").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "the page is wider than its window");
        Assert.Empty(complaints);
        if (Environment.GetEnvironmentVariable("MEDBENCH_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"live-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
    }
}
