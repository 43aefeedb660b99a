using MedBench.Data.Audits;

namespace MedBench.Cli.Display;

/// <summary>A <see cref="GroupAudit"/> on the terminal.</summary>
internal static class GroupAuditView
{
    private const int Shown = 10, ShownImages = 6;

    public static void Write(GroupAudit audit)
    {
        Console.Out.WriteLine($"groups from {audit.From}");
        Listing.Write(["split", "images", "groups"], audit.Splits.Select(s => (string[])[s.Split, $"{s.Images}", $"{s.Groups}"]));
        Listing.Write(["found", "number"], [
            ["groups", $"{audit.Groups}"],
            ["  in more than one split", audit.Splits.Count > 1 ? $"{audit.GroupsAcrossSplits}" : $"not known: only the {audit.Splits[0].Split} split has groups"],
            .. audit.TestImagesWithGroupInTraining is { } test ? [["test images whose group has a training image", $"{test}"]] : Array.Empty<string[]>(),
            ["pairs of equal images and twins within a group", $"{audit.PairsWithinGroups}"],
            ["  across two groups", $"{audit.PairsAcrossGroups}"],
            .. audit.PairsUnknown > 0 ? [["  with an image whose group is not known", $"{audit.PairsUnknown}"]] : Array.Empty<string[]>()]);
        Some(["group in more than one split", "images"], [.. audit.Across.Select(g => (string[])[
            g.Group, string.Join(", ", g.Images.Take(ShownImages)) + (g.Images.Count > ShownImages ? $" and {g.Images.Count - ShownImages} more" : "")])]);
        Some(["pair across two groups", "groups", "kind"], [.. audit.Torn.Select(p => (string[])[$"{p.First} = {p.Second}", $"{p.FirstGroup} / {p.SecondGroup}", p.Kind.ToString().ToLowerInvariant()])]);
    }

    private static void Some(string[] columns, string[][] rows)
    {
        if (rows.Length > 0) Listing.Write(columns, rows.Take(Shown));
        if (rows.Length > Shown) Console.Out.WriteLine($"and {rows.Length - Shown} more; --json has all");
    }
}
