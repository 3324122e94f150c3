using System.Threading.Channels;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Backups;

namespace LabServer.Backups;

internal sealed class BackupsService(BackupFolder folder, IHostApplicationLifetime lifetime) : Api.V1.BackupsService.BackupsServiceBase
{
    [Needs(Permission.Operate)]
    public override Task<ListBackupsResponse> ListBackups(ListBackupsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListBackupsResponse
        {
            Backups = { BackupFiles.List(folder.Path).Select(backup => BackupMapping.ToMessage(backup, folder.Path)) },
        });

    [Needs(Permission.Operate)]
    public override async Task VerifyBackup(
        VerifyBackupRequest request, IServerStreamWriter<VerifyBackupResponse> responseStream, ServerCallContext context)
    {
        var backup = BackupFiles.List(folder.Path).FirstOrDefault(listed => request.Name.Length == 0 || listed.Name == request.Name)
            ?? throw RpcErrors.NotFound("backup", request.Name);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        // Only the newest progress is worth telling to a caller that reads slowly.
        var told = Channel.CreateBounded<VerifyBackupResponse>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var verifying = Verify(backup, told.Writer, end.Token);
        await foreach (var progress in told.Reader.ReadAllAsync(end.Token))
        {
            await responseStream.WriteUntil(progress, context, end.Token);
        }

        var verified = BackupMapping.ToMessage(await verifying, folder.Path);
        await responseStream.WriteUntil(new VerifyBackupResponse { Share = 1, Backup = verified }, context, end.Token);
    }

    private async Task<ListedBackup> Verify(ListedBackup backup, ChannelWriter<VerifyBackupResponse> told, CancellationToken cancellation)
    {
        try
        {
            await BackupRestore.Verify(
                BackupFiles.DatabaseOf(folder.Path, backup.Name),
                (stage, share) => told.TryWrite(new VerifyBackupResponse { Stage = (Api.V1.BackupStage)stage, Share = share }),
                cancellation);
            return backup;
        }
        catch (BackupException exception)
        {
            return backup with { Fault = exception.Message };
        }
        finally
        {
            told.Complete();
        }
    }
}
