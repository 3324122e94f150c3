namespace LabServer.Core;

/// <summary>
/// A laboratory result (a row of SDTM LB) exactly as it was sent: every value as text, nothing trimmed, nothing
/// converted. An empty text means that the field was not sent.
/// </summary>
public sealed record LabResult
{
    /// <summary>Bytes of a content hash.</summary>
    public const int ContentHashLength = 32;

    /// <summary>STUDYID.</summary>
    public string StudyId { get; init; } = "";

    /// <summary>The laboratory that sent it: the scope in which <see cref="SourceResultId"/> is unique.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's own id of the result. For SDTM LB files <c>USUBJID/LBSEQ</c>.</summary>
    public string SourceResultId { get; init; } = "";

    /// <summary>Version, from 1, which is the default. A newer one amends the older ones.</summary>
    public long Version { get; init; } = 1;

    /// <summary>USUBJID.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>LBSPEC. Empty: what the test is usually measured in.</summary>
    public string Specimen { get; init; } = "";

    /// <summary>LBCAT.</summary>
    public string Category { get; init; } = "";

    /// <summary>LBTESTCD, an alias of it, or a LOINC code.</summary>
    public string TestCode { get; init; } = "";

    /// <summary>LBORRES.</summary>
    public string ReportedValue { get; init; } = "";

    /// <summary>LBORRESU.</summary>
    public string ReportedUnit { get; init; } = "";

    /// <summary>LBORNRLO, in <see cref="ReportedUnit"/>.</summary>
    public string ReferenceLow { get; init; } = "";

    /// <summary>LBORNRHI, in <see cref="ReportedUnit"/>.</summary>
    public string ReferenceHigh { get; init; } = "";

    /// <summary>LBDTC.</summary>
    public string CollectedAt { get; init; } = "";

    /// <summary>When the laboratory gave out the result, in the form of LBDTC.</summary>
    public string ResultedAt { get; init; } = "";

    /// <summary>VISIT.</summary>
    public string Visit { get; init; } = "";

    /// <summary>VISITNUM.</summary>
    public string VisitNumber { get; init; } = "";

    /// <summary>Analyser.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>LBMETHOD.</summary>
    public string Method { get; init; } = "";

    /// <summary>Status; <see cref="ResultStatus.Final"/> by default.</summary>
    public ResultStatus Status { get; init; } = ResultStatus.Final;

    /// <summary>LBSPCCND, for instance <c>HEMOLYZED</c>.</summary>
    public string SpecimenCondition { get; init; } = "";

    /// <summary>LBFAST.</summary>
    public Fasting Fasting { get; init; }

    /// <summary>
    /// SHA-256 over everything that was sent, identity and version included. The same content always has the same hash,
    /// on every machine and in every release, since it decides between a duplicate and a conflict.
    /// </summary>
    public byte[] ContentHash()
    {
        var hash = new byte[ContentHashLength];
        WriteContentHash(hash);
        return hash;
    }

    /// <summary>Writes <see cref="ContentHash()"/> without allocating.</summary>
    /// <param name="destination">At least <see cref="ContentHashLength"/> bytes.</param>
    public void WriteContentHash(Span<byte> destination) => LabResultHash.Write(this, destination);
}
