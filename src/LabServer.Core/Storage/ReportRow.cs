using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>A version of a reported event as stored.</summary>
internal sealed record ReportRow(
    long Version,
    string ReportId,
    string SubjectId,
    string ReportedTerm,
    string CodedTerm,
    string SystemOrganClass,
    string Onset,
    string EndedAt,
    long Grade,
    long Serious,
    long Relatedness,
    long Outcome,
    string Comment,
    long Withdrawn,
    string ReportedBy,
    long ReportedUs)
{
    public EventReport ToReport() => new()
    {
        Version = (int)Version,
        ReportId = ReportId,
        SubjectId = SubjectId,
        ReportedTerm = ReportedTerm,
        CodedTerm = CodedTerm,
        SystemOrganClass = SystemOrganClass,
        Onset = Onset,
        EndedAt = EndedAt,
        Grade = (int)Grade,
        Serious = (YesNo)Serious,
        Relatedness = (Relatedness)Relatedness,
        Outcome = (EventOutcome)Outcome,
        Comment = Comment,
        Withdrawn = Withdrawn != 0,
        ReportedBy = ReportedBy,
        ReportedUs = ReportedUs,
    };
}
