namespace MedBench.Claims.Claims;

/// <summary>A count in an audit, beside a printed one.</summary>
/// <param name="Size">Pixels of the file that was audited.</param>
/// <param name="Found">The count.</param>
/// <param name="Printed">What the source prints; null for nothing.</param>
public sealed record AuditedCount(int Size, int Found, int? Printed);
