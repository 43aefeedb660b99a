namespace MedBench.Core.Downloads;

/// <summary>How long a download puts up with a network or server that fails.</summary>
public sealed record DownloadPatience
{
    /// <summary>Five tries over about 15 seconds, a minute of silence.</summary>
    public static DownloadPatience Default { get; } = new();

    /// <summary>Tries in all, at least 1; default 5.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Wait before the second try, doubled for each further one; default 1 s. A server's <c>Retry-After</c> goes first.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest <c>Retry-After</c> that is waited for; a server that asks for more is given up. Default 2 minutes.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest silence of a server, before its answer or within it, until a try is given up; default 60 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}
