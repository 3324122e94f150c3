using System.Security.Cryptography;
using LabServer.Tests.Reports;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Cli.Reports;

public sealed class ReportsCommandsTests(ReportedTrial trial) : IClassFixture<ReportedTrial>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_IsNewestFirstAndLimited()
    {
        var all = await Labctl("reports list --format json");

        Assert.Equal(["2", "1"], all.Each("changedEvents"));
        Assert.Equal(all.Each("reportId").Take(1), (await Labctl("reports list --limit 1 --format json")).Each("reportId"));
        Assert.Equal(["report_id", "cut_off"], (await Labctl("reports list --format csv")).Output.Split('\n')[0].Split(',')[..2]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--edition blinded", false)]
    [InlineData("--edition by-arm", true)]
    public async Task Get_IntoAFolder_WritesEveryFileWithItsHash(string edition, bool hasArms)
    {
        var folder = Path.Combine(_folder.Path, "new", "folder");

        var got = await Labctl($"reports get latest --out {folder} --format csv {edition}");

        var rows = got.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), rows.Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(row[2], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, row[0]))))));
        Assert.Equal(hasArms, File.ReadAllText(Path.Combine(folder, "events.csv")).Contains(",arm,", StringComparison.Ordinal));
        Assert.Contains($"{(hasArms ? "by-arm" : "blinded")} edition", got.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OneFile_IsWrittenUnderTheNameGiven()
    {
        var oldest = (await Labctl("reports list --format json")).Each("reportId")[^1];
        var (page, table) = (Path.Combine(_folder.Path, "r.html"), Path.Combine(_folder.Path, "t.csv"));

        await Labctl($"reports get {oldest} --out {page}");
        await Labctl($"reports get {oldest} --file events.csv --out {table}");
        await Labctl($"reports get --file counts.csv --out {_folder.Path}");

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.StartsWith("event_id,news,", File.ReadAllText(table), StringComparison.Ordinal);
        Assert.Equal(["counts.csv", "r.html", "t.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("reports get no-such --out x", 1, "REPORT_NOT_FOUND")]
    [InlineData("reports get --out x --file no-such.csv", 2, "it has report.html, ")]
    [InlineData("reports get --out x --edition secret", 2, "neither blinded nor by-arm")]
    [InlineData("reports get", 2, "--out")]
    [InlineData("reports verify no-such", 1, "REPORT_NOT_FOUND")]
    [InlineData("reports list --format yaml", 2, "none of table")]
    public async Task Command_WronglyAsked_SaysWhy(string command, int exitCode, string words)
    {
        var call = await Run(command);

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains(words, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BytesThatAreNotThoseOfTheirHash_FailsAndWritesNothing()
    {
        await using var server = await ServerFixture.Start();
        var own = await Trial.Create(server);
        await ReportedTrial.MakeReport(server, own.StudyId);
        await server.Services.GetRequiredService<Core.Storage.Database>().Writer.Run(
            session => Dapper.SqlMapper.Execute(
                session.Connection,
                "UPDATE safety_report_file SET content = (SELECT content FROM safety_report_file WHERE name = 'held.csv' LIMIT 1) WHERE name = 'events.csv'",
                transaction: session.Transaction),
            rows: 1,
            CancellationToken.None);
        var file = Path.Combine(_folder.Path, "events.csv");

        var call = await LabctlCall.Run(
            "--server", server.GrpcAddress.ToString(), "reports", "get", "--study", own.StudyId, "--file", "events.csv", "--out", file);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("was not written", call.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("blinded")]
    [InlineData("by-arm")]
    public async Task Verify_ReportAsMade_IsTheSame(string edition)
    {
        var record = (await Labctl($"reports verify latest --edition {edition}")).Record;

        Assert.Equal(("true", edition), (record["same"], record["edition"]));
    }

    [Fact]
    public async Task JobsRun_Report_MakesOneAndShowsItsSteps()
    {
        var own = await Trial.Create(trial.Server);

        var run = await LabctlCall.Run(
            "--server", trial.Server.GrpcAddress.ToString(), "jobs", "run", "report", "--study", own.StudyId, "--format", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("SUCCEEDED", "8", "8"), ($"{run.Json["state"]}", $"{run.Json["steps"]}", $"{run.Json["stepsTotal"]}"));
        var listed = await LabctlCall.Run("--server", trial.Server.GrpcAddress.ToString(), "reports", "list", "--study", own.StudyId, "--format", "json");
        Assert.Equal([$"{run.Json["runId"]}"], listed.Each("runId"));
    }

    [Fact]
    public async Task Studies_ReportCron_IsSetAtCreationAndChanged()
    {
        var server = trial.Server.GrpcAddress.ToString();
        var created = await LabctlCall.Run("--server", server, "studies", "create", "CRON", "--report-cron", "0 0 6 * * ?", "--format", "json");
        var changed = await LabctlCall.Run("--server", server, "studies", "set", "CRON", "--report-cron", "0 30 6 * * ?", "--format", "json");
        var wrong = await LabctlCall.Run("--server", server, "studies", "set", "CRON", "--report-cron", "daily");

        Assert.Equal(("0 0 6 * * ?", "0 30 6 * * ?"), ($"{created.Json["reportCron"]}", $"{changed.Json["reportCron"]}"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("report_cron", wrong.Error, StringComparison.Ordinal);
    }

    private async Task<LabctlCall> Labctl(string command)
    {
        var call = await Run(command);
        Assert.True(call.ExitCode == 0, call.Error);
        return call;
    }

    private Task<LabctlCall> Run(string command) => LabctlCall.Run(
        ["--server", trial.Server.GrpcAddress.ToString(), .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--study", trial.StudyId]);
}
