using System.Data.Common;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using AuditAnchor = LabServer.Core.Audit.AuditAnchor;
using AuditFault = LabServer.Api.V1.AuditFault;

namespace LabServer.Cli.Audit;

/// <summary>What a check of the trail found.</summary>
/// <param name="Entries">Entries checked.</param>
/// <param name="Faults">Everything that is wrong.</param>
/// <param name="End">Where the trail ends.</param>
internal sealed record AuditVerification(long Entries, IReadOnlyList<AuditFault> Faults, AuditAnchor End)
{
    /// <summary>Lets the server check its trail.</summary>
    public static async Task<AuditVerification> OfServer(
        Connection server, AuditAnchor? anchor, bool results, Action<double, string> report, CancellationToken cancellationToken)
    {
        var request = new VerifyAuditTrailRequest
        {
            Anchor = anchor is null ? null : new Api.V1.AuditAnchor { Number = anchor.Number, Sha256 = anchor.Hash },
            Results = results,
        };
        using var call = server.Audit.VerifyAuditTrail(request, cancellationToken: cancellationToken);
        var faults = new List<AuditFault>();
        var last = new VerifyAuditTrailResponse();
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            faults.AddRange(part.Faults);
            last = part;
            Report(report, part.Entries, part.TotalEntries);
        }

        var end = last.End ?? throw new CommandFailure("The server ended the check without saying what it found.");
        return new AuditVerification(last.Entries, faults, new AuditAnchor(end.Number, end.Sha256, Clock.ToUs(end.At.ToDateTimeOffset())));
    }

    /// <summary>Checks the trail of a data folder, whether or not a server has it open.</summary>
    public static AuditVerification OfFolder(
        string folder, AuditAnchor? anchor, bool results, Action<double, string> report, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, DataFileNames.Database);
        if (!File.Exists(path))
        {
            throw new UsageException($"--data: {folder} has no {DataFileNames.Database}.");
        }

        var dialect = new SqliteDialect(path, leavesFile: true);
        var trail = new AuditTrail(dialect);
        var check = new AuditCheck(anchor);
        var faults = new List<Core.Audit.AuditFault>();
        var entries = 0L;
        try
        {
            var total = trail.Anchor().Number;
            foreach (var stored in trail.Read(after: long.MinValue, total, ArmSight.Unblinded))
            {
                cancellationToken.ThrowIfCancellationRequested();
                faults.AddRange(check.Next(stored));
                faults.AddRange(results ? trail.CheckResults(stored) : []);
                entries++;
                Report(report, entries, total);
            }

            faults.AddRange(results ? trail.CheckUnaudited(check.Number) : []);
        }
        catch (DbException fault)
        {
            throw new CommandFailure($"{path} cannot be read: {fault.Message}");
        }
        finally
        {
            dialect.CloseReaders();
        }

        faults.AddRange(check.Finish());
        return new AuditVerification(entries, [.. faults.Select(ToMessage)], check.End);
    }

    private static void Report(Action<double, string> report, long entries, long total) =>
        report(total > 0 ? Math.Min(1, (double)entries / total) : 1, $"{Cell.Text(entries)} of {Cell.Text(total)} entries");

    private static AuditFault ToMessage(Core.Audit.AuditFault fault) => new()
    {
        Number = fault.Number,
        Code = fault.WireCode,
        Message = fault.Message,
    };
}
