using System.Net;
using System.Net.Http.Headers;
using MedBench.Core.Downloads;
using MedBench.Core.Errors;

namespace MedBench.Models.Weights.Hub;

/// <summary>Requests for weights: follows redirects, sends the token to the Hugging Face server only, and says what to do about a refusal.</summary>
internal sealed class WeightHttp : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HubSettings _settings;
    private readonly HttpClient _http;

    public WeightHttp(HubSettings settings, DownloadPatience? patience)
    {
        _settings = settings;
        // Redirects are followed here, because the token must not follow them to another host.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("medbench", "1"));
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        Patient = new PatientHttp(_http, patience);
    }

    /// <summary>Retries, and reads answers.</summary>
    public PatientHttp Patient { get; }

    /// <summary>The answer to a GET from <paramref name="offset"/> on, or to a HEAD, which stops where a redirect leaves the server: all that is to be learnt has been said by then.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="source">The file.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="cancel">Stops at once.</param>
    /// <param name="look">Sees each answer, the redirects too.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, WeightSource source, long offset, CancellationToken cancel, Action<HttpResponseMessage>? look = null)
    {
        var address = _settings.AddressOf(source);
        for (int hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, address);
            if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
            if (_settings.Token is { } token && IsOwn(address)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await Patient.SendAsync(request, cancel).ConfigureAwait(false);
            look?.Invoke(response);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                Check(response, source);
                return response;
            }
            var next = new Uri(address, location);
            if (method == HttpMethod.Head && !IsOwn(next)) return response;
            response.Dispose();
            if (next.Scheme != "https" && (next.Scheme != "http" || address.Scheme == "https")) throw new MedBenchException($"{address.Host} redirects to {next.Scheme}://{next.Host}, which is not safe", "check HF_ENDPOINT");
            address = next;
        }
        throw new MedBenchException($"{_settings.AddressOf(source)} redirects more than {MaxRedirects} times", "check HF_ENDPOINT");
    }

    public static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    public void Dispose() => _http.Dispose();

    private bool IsOwn(Uri address) => Uri.Compare(address, _settings.Endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private void Check(HttpResponseMessage response, WeightSource source)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return;
        string said = Header(response, "X-Error-Message") is { } message ? $": {message}" : "";
        response.Dispose();
        throw new MedBenchException($"{_settings.AddressOf(source)} answered {status}{said}", (source.Url, status) switch
        {
            (not null, _) => $"find the file elsewhere: {_settings.ByHand(source)}",
            (_, 401 or 403) => $"log in with `hf auth login`, or set HF_TOKEN to a token that may read {source.Repository}; accept its terms at {_settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{source.Repository} if it has some; check the name",
            (_, 404) => $"check repository {source.Repository}, file {source.File} and revision {source.RevisionOrMain}",
            _ => "check HF_ENDPOINT and the name of the file",
        });
    }
}
