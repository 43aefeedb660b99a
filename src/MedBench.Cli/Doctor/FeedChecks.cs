using System.Net;
using MedBench.Models.Weights.Hub;

namespace MedBench.Cli.Doctor;

/// <summary>Whether the places that files come from can be reached.</summary>
internal static class FeedChecks
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    public static IEnumerable<Check> All()
    {
        using var http = new HttpClient { Timeout = s_patience };
        yield return Reach(http, "datasets feed", new Uri("https://zenodo.org"), "download elsewhere and copy the files: medbench data get NAME says which and where");
        var hub = HubSettings.FromEnvironment();
        yield return hub.Offline
            ? new Check("weights feed", Health.Note, "HF_HUB_OFFLINE is set: nothing is downloaded")
            : Reach(http, "weights feed", hub.Endpoint, "set HF_ENDPOINT to a mirror, or copy checkpoints into MEDBENCH_WEIGHTS");
    }

    private static Check Reach(HttpClient http, string name, Uri address, string fix)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = http.Send(request);
            return response.StatusCode < HttpStatusCode.InternalServerError
                ? new Check(name, Health.Good, $"{address.Host} answers")
                : new Check(name, Health.Note, $"{address.Host} answers {(int)response.StatusCode}", fix);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Check(name, Health.Note, $"{address.Host} cannot be reached", fix);
        }
    }
}
