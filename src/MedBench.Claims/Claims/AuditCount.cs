using MedBench.Data.Audits;

namespace MedBench.Claims.Claims;

/// <summary>What a claim on an audit counts.</summary>
public enum AuditCount
{
    /// <summary>Images that show the same as another one of the file.</summary>
    ImagesInGroups,

    /// <summary>Groups of images that show the same and have different labels.</summary>
    GroupsInConflict,
}

/// <summary>The counts themselves.</summary>
public static class AuditCounts
{
    /// <summary>The count in an audit.</summary>
    public static int In(this AuditCount count, DatasetAudit audit) => count switch
    {
        AuditCount.ImagesInGroups => audit.Groups.Sum(g => g.Images.Count),
        _ => audit.TwinLabelConflicts,
    };

    /// <summary>What is counted, in words.</summary>
    public static string Noun(this AuditCount count) => count switch
    {
        AuditCount.ImagesInGroups => "images that show the same as another one",
        _ => "groups of images that show the same and have different labels",
    };
}
