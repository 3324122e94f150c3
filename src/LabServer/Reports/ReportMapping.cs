using Google.Protobuf.WellKnownTypes;
using LabServer.Core;
using LabServer.Core.Reports;
using Wire = LabServer.Api.V1;

namespace LabServer.Reports;

/// <summary>Between the wire and the domain. Editions have the same numbers on both sides.</summary>
internal static class ReportMapping
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: not an edition.</exception>
    public static ReportEdition ToEdition(Wire.ReportEdition edition) => edition switch
    {
        Wire.ReportEdition.Unspecified or Wire.ReportEdition.Blinded => ReportEdition.Blinded,
        Wire.ReportEdition.ByArm => ReportEdition.ByArm,
        _ => throw RpcErrors.InvalidArgument("EDITION_UNKNOWN", "edition", "is none of the known ones"),
    };

    public static Wire.Report ToMessage(SafetyReport report, string studyId) => new()
    {
        ReportId = report.ReportId,
        StudyId = studyId,
        CutOff = Clock.FromUs(report.CutOffUs).ToTimestamp(),
        PreviousCutOff = report.PreviousUs is { } us ? Clock.FromUs(us).ToTimestamp() : null,
        Format = report.Format,
        RunId = report.RunId,
        ChangedEvents = report.Counts.ChangedEvents,
        NewSevereEvents = report.Counts.NewSevereEvents,
        OpenAlerts = report.Counts.OpenAlerts,
        Results = report.Counts.Results,
        SafetySubjects = report.Counts.SafetySubjects,
    };

    public static Wire.ReportFile ToMessage(SafetyReportFile file) => new() { Name = file.Name, Bytes = file.Bytes, Sha256 = file.Sha256 };
}
