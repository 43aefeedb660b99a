using System.Net;
using System.Net.Http.Headers;
using MedBench.Core.Errors;
using Polly;
using Polly.Retry;

namespace MedBench.Core.Downloads;

/// <summary>HTTP that notices silence, and asks again where a failure may pass.</summary>
public sealed class PatientHttp
{
    private readonly HttpClient _http;
    private readonly DownloadPatience _patience;
    private readonly ResiliencePipeline _retry;

    /// <summary>Prepares to send.</summary>
    /// <param name="http">Makes the requests.</param>
    /// <param name="patience">Tries and waits; null for the default.</param>
    public PatientHttp(HttpClient http, DownloadPatience? patience = null)
    {
        _http = http;
        _patience = patience ?? DownloadPatience.Default;
        // Polly takes no strategy that never tries again.
        _retry = _patience.Tries <= 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TransferException>(e => e.Transient),
            MaxRetryAttempts = _patience.Tries - 1,
            Delay = _patience.FirstDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as TransferException)?.RetryAfter),
        }).Build();
    }

    /// <summary>Does <paramref name="work"/>, again where it fails by network or server in a way that may pass.</summary>
    /// <param name="address">What is downloaded, for the message.</param>
    /// <param name="fix">What to do where every try failed.</param>
    /// <param name="work">Uses this object's other methods.</param>
    /// <param name="cancel">Stops at once.</param>
    /// <exception cref="MedBenchException">No try succeeded.</exception>
    public async Task<T> RetryAsync<T>(Uri address, string fix, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await _retry.ExecuteAsync(async token => await work(token), cancel);
        }
        catch (TransferException e)
        {
            throw new MedBenchException($"cannot download {address}: {e.Message}", fix, e);
        }
    }

    /// <summary>Asks for the bytes of <paramref name="address"/> from <paramref name="offset"/> on.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public async Task<HttpResponseMessage> GetAsync(Uri address, long offset, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
        return await SendAsync(request, cancel);
    }

    /// <summary>One request, to be used within <see cref="RetryAsync"/>; returns with the answer's headers, whatever its status, unless the server is only busy.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await WithinAsync(token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancel);
        if (response.StatusCode is < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)) return response;
        using (response) throw Busy(response);
    }

    /// <summary>The next bytes of an answer, 0 at its end.</summary>
    internal Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancel) =>
        WithinAsync(token => body.ReadAsync(buffer, token).AsTask(), cancel);

    private TransferException Busy(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - DateTimeOffset.UtcNow : null;
        if (wait < TimeSpan.Zero) wait = null;
        string asks = wait is null ? "" : $" and asks to come back in {wait.Value.TotalSeconds:F0} s";
        return new TransferException($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}{asks}", transient: wait is null || wait <= _patience.LongestDelay) { RetryAfter = wait };
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_patience.Silence);
        try
        {
            return await step(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TransferException($"the server was silent for {_patience.Silence.TotalSeconds} s", cause: e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.NameResolutionError)
        {
            // Without a network every try would end like this: better to say so at once.
            throw new TransferException($"{e.Message}: no network, or no such host", transient: false, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransferException(e.Message, cause: e);
        }
    }
}
