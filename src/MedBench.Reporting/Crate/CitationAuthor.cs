namespace MedBench.Reporting.Crate;

/// <summary>An author in the form of the Citation File Format: a person with two names, or an entity with one.</summary>
internal sealed record CitationAuthor
{
    /// <summary>Name of an entity.</summary>
    public string? Name { get; init; }

    /// <summary>First names of a person.</summary>
    public string? GivenNames { get; init; }

    /// <summary>Family name of a person.</summary>
    public string? FamilyNames { get; init; }

    /// <summary>Address at orcid.org.</summary>
    public string? Orcid { get; init; }

    /// <summary>Whether it is a person.</summary>
    public bool IsPerson => FamilyNames is not null;

    /// <summary>Name in full.</summary>
    public string FullName => IsPerson ? $"{GivenNames} {FamilyNames}".Trim() : Name ?? "";
}
