using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Reporting.Live;

namespace MedBench.Tests.Reporting.Live;

public sealed class LiveServerTests : IDisposable
{
    private readonly TestFolder _store = new();
    private readonly LiveServer _server;
    private readonly HttpClient _client = new();

    public LiveServerTests()
    {
        SampleProgress.Fill(_store, DateTimeOffset.UtcNow);
        _server = LiveServer.Start(_store.Path);
        _client.BaseAddress = _server.Address;
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("live.css", "text/css")]
    [InlineData("live.js", "text/javascript")]
    [InlineData("progress.json", "application/json")]
    public async Task Get_KnownAddress_AnswersUnderAPolicyThatLoadsNothingElse(string path, string type)
    {
        using var response = await _client.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_Progress_IsTheStoreNow()
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync("progress.json"));

        Assert.Equal(10, json.RootElement.GetProperty("grids")[0].GetProperty("status").GetProperty("done").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("running").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("finishedCount").GetInt32());
        Assert.DoesNotContain(_store.Path, json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:1")]
    public async Task Get_OtherHostName_IsRefused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "progress.json") { Headers = { Host = host } };
        using var response = await _client.SendAsync(request);

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.DoesNotContain("running", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Request_OtherMethod_IsNotAllowed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "progress.json");
        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/../result.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/.progress/grids/grid.json")]
    [InlineData("/live.css/../../live.html")]
    [InlineData("/progress.json?x=1")]
    public async Task Get_AnyOtherPath_IsNotFound(string path)
    {
        string answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 4", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("experiments/yang2023", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_Page_HasNoBody()
    {
        string answer = await RawAsync($"HEAD / HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterAClientHungUp_StillAnswers()
    {
        using (var rude = new TcpClient())
        {
            await rude.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
            await rude.GetStream().WriteAsync("GET / HT"u8.ToArray());
        }

        Assert.Contains("<html", await _client.GetStringAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_StoreThatCannotBeRead_SaysSoAndTheNextIsAnswered()
    {
        int asked = 0;
        using var server = LiveServer.Start(() => asked++ switch
        {
            0 => throw new UnauthorizedAccessException(),
            1 => throw new IOException(),
            _ => new LiveReader(_store.Path).Read(),
        });
        for (int i = 0; i < 2; i++)
        {
            using var response = await _client.GetAsync(new Uri(server.Address, "progress.json"));
            Assert.Equal((HttpStatusCode.InternalServerError, "the store cannot be read\n"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
        Assert.Contains("running", await _client.GetStringAsync(new Uri(server.Address, "progress.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Server_Listens_OnLoopbackOnly()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(e => e.Port == _server.Address.Port).ToList();

        Assert.NotEmpty(listeners);
        Assert.All(listeners, e => Assert.True(IPAddress.IsLoopback(e.Address), $"{e} is open to others"));
    }

    [Fact]
    public void Start_PortInUse_SaysSoWithAFix()
    {
        var error = Assert.Throws<MedBenchException>(() => LiveServer.Start(_store.Path, _server.Address.Port));

        Assert.Contains($"port {_server.Address.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--port", error.Fix, StringComparison.Ordinal);
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
