using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using ReportEdition = LabServer.Api.V1.ReportEdition;

namespace LabServer.Tests.Reports;

public sealed class ReportsServiceTests(ReportedTrial trial) : IClassFixture<ReportedTrial>
{
    private ReportsService.ReportsServiceClient Reports => trial.Server.Reports;

    [Fact]
    public async Task List_TwoReports_NewestFirstPageByPage()
    {
        var first = await Reports.ListReportsAsync(new ListReportsRequest { StudyId = trial.StudyId, PageSize = 1 });
        var second = await Reports.ListReportsAsync(new ListReportsRequest { StudyId = trial.StudyId, PageSize = 1, PageToken = first.NextPageToken });

        var (newest, oldest) = (Assert.Single(first.Reports), Assert.Single(second.Reports));
        Assert.Empty(second.NextPageToken);
        Assert.Equal((oldest.CutOff, null), (newest.PreviousCutOff, oldest.PreviousCutOff));
        Assert.Equal((2L, 2L, 2L, 2L), (newest.ChangedEvents, newest.NewSevereEvents, newest.OpenAlerts, newest.SafetySubjects));
        Assert.Equal((1L, 0L, 2L), (oldest.ChangedEvents, oldest.NewSevereEvents, oldest.Results));
        Assert.Equal(trial.Runs.Select(run => run.RunId), new[] { oldest.RunId, newest.RunId });
    }

    [Fact]
    public void Run_OfTheJob_CountsItsSteps() => Assert.All(trial.Runs, run =>
        Assert.Equal((SafetyReportRun.Steps, SafetyReportRun.Steps, 0L), (run.Steps, run.StepsTotal, run.Series)));

    [Fact]
    public async Task Get_WithoutIdAndEdition_IsTheNewestBlinded()
    {
        var found = await Reports.GetReportAsync(new GetReportRequest { StudyId = trial.StudyId });

        Assert.Equal((trial.Runs[1].RunId, ReportEdition.Blinded), (found.Report.RunId, found.Edition));
        Assert.Equal("report.html", found.Files[0].Name);
        Assert.Contains(found.Files, file => file.Name == "events.csv");
        var list = string.Concat(found.Files.Select(file => $"{file.Sha256}  {file.Name}\n"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list))), found.Sha256);
    }

    [Theory]
    [InlineData(ReportEdition.Unspecified, false)]
    [InlineData(ReportEdition.Blinded, false)]
    [InlineData(ReportEdition.ByArm, true)]
    public async Task Download_EachFile_HasTheHashAndSizeThatWereTold(ReportEdition edition, bool hasArms)
    {
        var found = await Reports.GetReportAsync(new GetReportRequest { StudyId = trial.StudyId, Edition = edition });

        foreach (var file in found.Files)
        {
            var (bytes, told) = await Download(found.Report.ReportId, file.Name, edition);
            Assert.Equal((file.Sha256, file.Bytes), (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength));
            Assert.Equal(file.Sha256, told);
        }

        var events = Encoding.UTF8.GetString((await Download(found.Report.ReportId, "events.csv", edition)).Bytes).Split("\r\n");
        Assert.Equal(hasArms, events[0].Contains(",arm,", StringComparison.Ordinal));
        Assert.Equal(2, events.Count(line => line.StartsWith("AE-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Download_LargeFile_ComesInManyMessagesAndWhole()
    {
        var large = await Trial.Create(trial.Server);
        await large.Register([.. Enumerable.Range(1, 500).Select(i => new Subject { SubjectId = FormattableString.Invariant($"{i:0000}"), Arm = "A", FirstDoseAt = "2021-03-01" })]);
        await large.Submit([.. Enumerable.Range(1, 500).Select(i => Trial.Alt(FormattableString.Invariant($"{i}"), "900", subject: FormattableString.Invariant($"{i:0000}")))]);
        await large.Grade();
        await ReportedTrial.MakeReport(trial.Server, large.StudyId);
        var found = await Reports.GetReportAsync(new GetReportRequest { StudyId = large.StudyId });
        var file = found.Files.Single(file => file.Name == "events.csv");
        Assert.True(file.Bytes > 64 * 1024, $"{file.Bytes} bytes");

        using var call = Reports.DownloadReport(
            new DownloadReportRequest { StudyId = large.StudyId, ReportId = found.Report.ReportId, File = file.Name });
        var messages = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.True(messages.Count >= 3);
        Assert.All(messages.SkipLast(1), message => Assert.Empty(message.Sha256));
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(messages.SelectMany(message => message.Content).ToArray())));
        Assert.Equal(file.Sha256, messages[^1].Sha256);
        var (page, _) = await Download(found.Report.ReportId, "report.html", ReportEdition.Blinded, large.StudyId);
        Assert.Contains("First 50 of 500, all in events.csv.", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
        Assert.Contains("First 12 of 500, all values in severe-events-values.csv.", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remake_OldReportAfterNewerData_IsTheSame()
    {
        var oldest = (await Reports.ListReportsAsync(new ListReportsRequest { StudyId = trial.StudyId })).Reports[^1];

        foreach (var edition in (ReportEdition[])[ReportEdition.Blinded, ReportEdition.ByArm])
        {
            var stored = await Reports.GetReportAsync(new GetReportRequest { StudyId = trial.StudyId, ReportId = oldest.ReportId, Edition = edition });
            var made = await Reports.RemakeReportAsync(new RemakeReportRequest { StudyId = trial.StudyId, ReportId = oldest.ReportId, Edition = edition });

            Assert.True(made.Same);
            Assert.Empty(made.DifferentFiles);
            Assert.Equal((stored.Sha256, edition, oldest), (made.Sha256, made.Edition, made.Report));
        }
    }

    [Theory]
    [InlineData("UPDATE safety_report_file SET sha256 = 'x' WHERE name = 'events.csv' AND report_key = @key", false)]
    [InlineData("UPDATE safety_report SET format = 99 WHERE report_key = @key", true)]
    public async Task Remake_OfWhatIsNotThatAnyMore_SaysSo(string damage, bool isRefused)
    {
        var own = await Trial.Create(trial.Server);
        await ReportedTrial.MakeReport(trial.Server, own.StudyId);
        var study = trial.Server.Services.GetRequiredService<StudyStore>().Find(own.StudyId)!;
        var key = trial.Server.Services.GetRequiredService<SafetyReportStore>().Find(study.StudyKey, "")!.ReportKey;
        await trial.Server.Services.GetRequiredService<Database>().Writer.Run(
            session => Dapper.SqlMapper.Execute(
                session.Connection, damage + (isRefused ? "" : "; UPDATE safety_report_edition SET sha256 = 'x' WHERE report_key = @key"), new { key }, session.Transaction),
            rows: 1,
            CancellationToken.None);

        var call = Reports.RemakeReportAsync(new RemakeReportRequest { StudyId = own.StudyId }).ResponseAsync;

        if (isRefused)
        {
            var fault = RpcFault.Read(await Assert.ThrowsAsync<RpcException>(() => call));
            Assert.Equal((StatusCode.FailedPrecondition, "REPORT_FORMAT_PAST"), (fault.Code, fault.Reason));
            return;
        }

        var made = await call;
        Assert.False(made.Same);
        Assert.Equal(["events.csv"], made.DifferentFiles);
    }

    [Theory]
    [InlineData("", "", "report.html", 0, StatusCode.InvalidArgument, "DOWNLOAD_INVALID", "report_id")]
    [InlineData("", "", "", 0, StatusCode.InvalidArgument, "DOWNLOAD_INVALID", "report_id,file")]
    [InlineData("NOWHERE", "R", "report.html", 0, StatusCode.NotFound, "STUDY_NOT_FOUND", "")]
    [InlineData("", "no-such", "report.html", 0, StatusCode.NotFound, "REPORT_NOT_FOUND", "")]
    [InlineData("", "LATEST", "../labserver.db", 0, StatusCode.NotFound, "REPORT_FILE_NOT_FOUND", "")]
    [InlineData("", "LATEST", "report.html", 7, StatusCode.InvalidArgument, "EDITION_UNKNOWN", "edition")]
    public async Task Download_OfWhatIsNotThere_IsRefused(
        string study, string report, string file, int edition, StatusCode code, string reason, string fields)
    {
        var latest = (await Reports.ListReportsAsync(new ListReportsRequest { StudyId = trial.StudyId })).Reports[0].ReportId;
        using var call = Reports.DownloadReport(new DownloadReportRequest
        {
            StudyId = study.Length > 0 ? study : trial.StudyId,
            ReportId = report == "LATEST" ? latest : report,
            File = file,
            Edition = (ReportEdition)edition,
        });

        var fault = RpcFault.Read(await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)));

        Assert.Equal((code, reason), (fault.Code, fault.Reason));
        Assert.Equal(fields, string.Join(',', fault.Violations.Select(violation => violation.Field)));
    }

    [Fact]
    public async Task GetListAndRemake_OfWhatIsNotThere_AreRefused()
    {
        var empty = await Trial.Create(trial.Server);

        await Refused("STUDY_NOT_FOUND", () => Reports.ListReportsAsync(new ListReportsRequest { StudyId = "NOWHERE" }).ResponseAsync);
        await Refused("STUDY_MISSING", () => Reports.GetReportAsync(new GetReportRequest()).ResponseAsync);
        await Refused("PAGE_TOKEN_MALFORMED", () => Reports.ListReportsAsync(new ListReportsRequest { StudyId = trial.StudyId, PageToken = "next" }).ResponseAsync);
        await Refused("REPORT_NOT_FOUND", () => Reports.GetReportAsync(new GetReportRequest { StudyId = empty.StudyId }).ResponseAsync);
        await Refused("REPORT_NOT_FOUND", () => Reports.RemakeReportAsync(new RemakeReportRequest { StudyId = trial.StudyId, ReportId = "x" }).ResponseAsync);
        await Refused("EDITION_UNKNOWN", () => Reports.GetReportAsync(new GetReportRequest { StudyId = trial.StudyId, Edition = (ReportEdition)9 }).ResponseAsync);
        await Refused("EDITION_UNKNOWN", () => Reports.RemakeReportAsync(new RemakeReportRequest { StudyId = trial.StudyId, Edition = (ReportEdition)9 }).ResponseAsync);
        Assert.Empty((await Reports.ListReportsAsync(new ListReportsRequest { StudyId = empty.StudyId })).Reports);
    }

    private static async Task Refused<T>(string reason, Func<Task<T>> call) =>
        Assert.Equal(reason, RpcFault.Read(await Assert.ThrowsAsync<RpcException>(call)).Reason);

    private async Task<(byte[] Bytes, string Told)> Download(string report, string file, ReportEdition edition, string? study = null)
    {
        using var call = Reports.DownloadReport(
            new DownloadReportRequest { StudyId = study ?? trial.StudyId, ReportId = report, File = file, Edition = edition });
        var messages = await call.ResponseStream.ReadAllAsync().ToListAsync();
        return (messages.SelectMany(message => message.Content).ToArray(), messages[^1].Sha256);
    }
}
