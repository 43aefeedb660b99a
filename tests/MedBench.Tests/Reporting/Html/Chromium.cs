using System.Reflection;
using Microsoft.Playwright;

namespace MedBench.Tests.Reporting.Html;

/// <summary>Debian's Chromium, driven by Playwright's driver in the package folder: neither is downloaded by a test.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    // Of the machine's closed network: without these flags the browser looks up Google's hosts at every start.
    private static readonly string[] s_flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser, or a skip with the command that installs it.</summary>
    public IBrowser Browser
    {
        get
        {
            Skip.If(_browser is null, $"needs {Executable}; install it with: apt-get update && apt-get install -y chromium");
            return _browser!;
        }
    }

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        string package = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Playwright").Value!;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", package);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = s_flags });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
