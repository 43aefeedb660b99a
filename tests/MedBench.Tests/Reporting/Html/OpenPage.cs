using Microsoft.Playwright;

namespace MedBench.Tests.Reporting.Html;

/// <summary>A report open in the browser, with everything it asked for and complained of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly TestFolder _folder;

    private OpenPage(IBrowserContext context, IPage page, TestFolder folder) => (_context, Page, _folder) = (context, page, folder);

    internal IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions of the script.</summary>
    internal List<string> Complaints { get; } = [];

    /// <summary>Addresses asked for, but for the page itself.</summary>
    internal List<string> Requests { get; } = [];

    internal static async Task<OpenPage> Of(Chromium chromium, string html, int width = 1280, ColorScheme scheme = ColorScheme.Light, string anchor = "", bool bypassPolicy = false)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme, BypassCSP = bypassPolicy });
        var page = await context.NewPageAsync();
        var folder = new TestFolder();
        var open = new OpenPage(context, page, folder);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") open.Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => open.Complaints.Add(error);
        string path = folder.Write("report.html", System.Text.Encoding.UTF8.GetBytes(html));
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith($"file://{path}", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) open.Requests.Add(request.Url);
        };
        await page.GotoAsync($"file://{path}{anchor}");
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _folder.Dispose();
    }
}
