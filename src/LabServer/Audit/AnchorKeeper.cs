using System.Data.Common;
using System.Globalization;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Audit;

/// <summary>
/// Keeps the end of the audit trail in a file beside the database, which shows at the next start when the trail was cut off.
/// Written beside the commits and not in them: they do not wait for a second flush. A killed server leaves an anchor that is
/// up to a second behind, never one that is ahead.
/// </summary>
internal sealed class AnchorKeeper(AuditTrail trail, DataFolder folder, ILogger<AnchorKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private AuditAnchor? _written;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Compare(cancellationToken);
        Write();
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Write();
            }
        }
        catch (OperationCanceledException)
        {
            // The last anchor is written when everything else has ended.
        }
    }

    // An anchor that does not fit is put aside and goes on the trail: the next one must not wipe out what it shows.
    private async Task Compare(CancellationToken cancellation)
    {
        if (!File.Exists(folder.AuditAnchorFile))
        {
            return;
        }

        var text = (await File.ReadAllTextAsync(folder.AuditAnchorFile, cancellation)).Trim();
        if (AuditAnchor.Read(text) is { } anchor && trail.Holds(anchor))
        {
            return;
        }

        var end = trail.Anchor();
        var keptAs = string.Create(CultureInfo.InvariantCulture, $"{folder.AuditAnchorFile}.before-{end.Number + 1}");
        await trail.Note(
            AuditEntry.Of(Author.Server, AuditAction.AnchorMismatched) with
            {
                Before = AuditJson.Write(new { Anchor = text }),
                After = AuditJson.Write(new { Anchor = end.ToString() }),
            },
            cancellation);
        File.Move(folder.AuditAnchorFile, keptAs, overwrite: true);
        logger.AnchorMismatched(keptAs);
    }

    private void Write()
    {
        try
        {
            var anchor = trail.Anchor();
            if (anchor != _written)
            {
                AtomicFile.Write(folder.AuditAnchorFile, anchor + "\n", PrivateFiles.OwnersFile);
                _written = anchor;
            }
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            logger.AnchorNotWritten(exception);
        }
    }
}
