using System.CommandLine;
using System.Text.Json;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Audit;

/// <summary><c>labctl audit export</c>.</summary>
internal sealed class ExportAuditCommand : Command
{
    public ExportAuditCommand(Shell shell) : base("export", "Writes every entry in order, a line of JSON each. Taking it is an entry too.")
    {
        var path = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var after = new Option<long>("--after") { Description = "Only entries behind this number, to go on with an earlier export.", HelpName = "N" };
        Add(path);
        Add(after);
        Add(shell.Reason);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var request = new ExportAuditTrailRequest { After = parsed.GetValue(after), Reason = shell.ReasonOf(parsed) };
            var file = parsed.GetRequiredValue(path);
            var entries = await shell.Terminal.WithProgress("export", report => Receive(server, request, file, report, cancellationToken));
            await shell.Terminal.Error.WriteLineAsync($"{Cell.Text(entries)} entries written to {file}");
            return ExitCode.Done;
        });
    }

    private static async Task<long> Receive(
        Connection server, ExportAuditTrailRequest request, string path, Action<double, string> report, CancellationToken cancellationToken)
    {
        using var file = NewFile.Beside(path);
        using var export = server.Audit.ExportAuditTrail(request, cancellationToken: cancellationToken);
        var entries = 0L;
        await foreach (var part in export.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var entry in part.Entries)
            {
                Write(file.Stream, entry);
                entries++;
            }

            report((double)part.Entries[^1].Number / part.LastNumber, $"{Cell.Text(entries)} entries");
        }

        file.Keep();
        return entries;
    }

    private static void Write(Stream stream, AuditEntry entry)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var column in AuditColumns.Entries)
            {
                column.WriteJson(json, entry);
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
