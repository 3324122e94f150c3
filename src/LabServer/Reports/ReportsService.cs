using Google.Protobuf;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using LabServer.Studies;
using AuditEntry = LabServer.Core.Audit.AuditEntry;
using Study = LabServer.Core.Study;

namespace LabServer.Reports;

internal sealed class ReportsService(StudyLookup lookup, SafetyReportStore reports, SafetyReportRun reporting, AuditTrail audit)
    : Api.V1.ReportsService.ReportsServiceBase
{
    private const int ChunkBytes = 64 * 1024;

    [Needs(Permission.ReadReports)]
    public override Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var size = PageTokens.Size(request.PageSize);
        var before = request.PageToken.Length == 0 ? long.MaxValue : PageTokens.ReadNumber(request.PageToken);
        // One more than asked for says whether there is a next page.
        var found = reports.List(study.StudyKey, before, size + 1);
        return Task.FromResult(new ListReportsResponse
        {
            Reports = { found.Take(size).Select(report => ReportMapping.ToMessage(report, study.StudyId)) },
            NextPageToken = found.Count > size ? PageTokens.Write(found[size - 1].ReportKey) : "",
        });
    }

    [Needs(Permission.ReadReports)]
    public override Task<GetReportResponse> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var (study, report) = Find(context, request.StudyId, request.ReportId);
        var edition = reports.Edition(report, Edition(context, study, request.Edition));
        return Task.FromResult(new GetReportResponse
        {
            Report = ReportMapping.ToMessage(report, study.StudyId),
            Edition = (Api.V1.ReportEdition)edition.Edition,
            Files = { edition.Files.Select(ReportMapping.ToMessage) },
            Sha256 = edition.Sha256,
        });
    }

    [Needs(Permission.ReadReports)]
    public override async Task DownloadReport(
        DownloadReportRequest request, IServerStreamWriter<DownloadReportResponse> responseStream, ServerCallContext context)
    {
        var missing = new[] { ("report_id", request.ReportId), ("file", request.File) }.Where(field => field.Item2.Length == 0).ToList();
        if (missing.Count > 0)
        {
            throw RpcErrors.InvalidArgument("DOWNLOAD_INVALID", missing.Select(field => (field.Item1, "is required")));
        }

        var (study, report) = Find(context, request.StudyId, request.ReportId);
        var edition = reports.Edition(report, Edition(context, study, request.Edition));
        if (edition.Files.FirstOrDefault(file => file.Name == request.File) is not { } file
            || reports.Content(report, edition.Edition, file.Name) is not { } content)
        {
            throw RpcErrors.NotFound("report file", request.File);
        }

        await audit.Note(
            AuditEntry.Of(context.Author(ReasonChecks.Checked(request.Reason)), AuditAction.ReportTaken, study.StudyId, report.ReportId) with
            {
                After = AuditJson.Write(new { edition.Edition, file.Name }),
            },
            context.CancellationToken);
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            context.RequireStillKnown();
            var chunk = ByteString.CopyFrom(content, at, Math.Min(ChunkBytes, content.Length - at));
            await responseStream.WriteAsync(new DownloadReportResponse { Content = chunk }, context.CancellationToken);
        }

        // The hash on file and not one of these bytes: who receives them finds out when they are not what was made.
        await responseStream.WriteAsync(new DownloadReportResponse { Sha256 = file.Sha256 }, context.CancellationToken);
    }

    [Needs(Permission.ReadReports)]
    public override async Task<RemakeReportResponse> RemakeReport(RemakeReportRequest request, ServerCallContext context)
    {
        var (study, report) = Find(context, request.StudyId, request.ReportId);
        var stored = reports.Edition(report, Edition(context, study, request.Edition));
        var made = reporting.Remake(report, stored.Edition) ?? throw RpcErrors.FailedPrecondition(
            "REPORT_FORMAT_PAST", FormattableString.Invariant($"Report '{report.ReportId}' is of format {report.Format}, which this server does not make."));
        await audit.Note(
            AuditEntry.Of(context.Author(), AuditAction.ReportRemade, study.StudyId, report.ReportId) with
            {
                After = AuditJson.Write(new { made.Edition, Same = made.Sha256 == stored.Sha256 }),
            },
            context.CancellationToken);
        return new RemakeReportResponse
        {
            Report = ReportMapping.ToMessage(report, study.StudyId),
            Edition = (Api.V1.ReportEdition)made.Edition,
            Same = made.Sha256 == stored.Sha256,
            Sha256 = made.Sha256,
            DifferentFiles = { made.Files.Except(stored.Files).Concat(stored.Files.Except(made.Files)).Select(file => file.Name).Distinct() },
        };
    }

    // For who is blinded there is one edition alone: of the other neither hash nor size is told.
    private static Core.Reports.ReportEdition Edition(ServerCallContext context, Study study, Api.V1.ReportEdition wanted)
    {
        var edition = ReportMapping.ToEdition(wanted);
        if (edition != Core.Reports.ReportEdition.Blinded)
        {
            context.RequireSight(study);
        }

        return edition;
    }

    private (Study Study, SafetyReport Report) Find(ServerCallContext context, string studyId, string reportId)
    {
        var study = lookup.Find(context, studyId);
        return reports.Find(study.StudyKey, reportId) is { } report
            ? (study, report)
            : throw RpcErrors.NotFound("report", reportId.Length > 0 ? reportId : "latest");
    }
}
