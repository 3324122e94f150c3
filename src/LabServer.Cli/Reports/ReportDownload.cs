using System.Security.Cryptography;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Reports;

/// <summary>Receives files of a report. A file bears its name only once its bytes have the hash that the server told.</summary>
internal sealed class ReportDownload(Connection server, GetReportResponse found, string reason)
{
    /// <summary>Receives the files one after the other.</summary>
    /// <exception cref="CommandFailure">The bytes of a file are not those of its hash; it is not written.</exception>
    public async Task<long> Receive(
        IReadOnlyList<(ReportFile File, string Path)> places, Action<double, string> report, CancellationToken cancellationToken)
    {
        var (total, done) = (places.Sum(place => place.File.Bytes), 0L);
        foreach (var (file, path) in places)
        {
            await Receive(file, path, Note, cancellationToken);
        }

        return done;

        void Note(string name, int bytes)
        {
            done += bytes;
            report(total > 0 ? (double)done / total : 1, name);
        }
    }

    private async Task Receive(ReportFile file, string path, Action<string, int> note, CancellationToken cancellationToken)
    {
        using var target = NewFile.Beside(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var download = server.Reports.DownloadReport(
            new DownloadReportRequest
            {
                StudyId = found.Report.StudyId,
                ReportId = found.Report.ReportId,
                Edition = found.Edition,
                File = file.Name,
                Reason = reason,
            },
            cancellationToken: cancellationToken);
        var told = "";
        await foreach (var part in download.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await target.Stream.WriteAsync(part.Content.Memory, cancellationToken);
            hash.AppendData(part.Content.Span);
            note(file.Name, part.Content.Length);
            told = part.Sha256;
        }

        var received = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (received != told || received != file.Sha256)
        {
            throw new CommandFailure($"{file.Name} has arrived with the hash {received} and not {file.Sha256}; it was not written.");
        }

        target.Keep();
    }
}
