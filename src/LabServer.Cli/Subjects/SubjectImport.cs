using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>Sends subjects.</summary>
internal sealed class SubjectImport(Connection server, string study, string reason, Func<string, string> columnOf)
    : RowImport<Subject, SubjectDisposition>(SubjectDisposition.Rejected, batchSize: 1_000, columnOf)
{
    /// <summary>Held results that the import released to grading.</summary>
    public long Released { get; private set; }

    /// <inheritdoc/>
    protected override async Task<(IEnumerable<SubjectDisposition> Dispositions, IEnumerable<(int Position, IEnumerable<Fault> Faults)> Faults)> Request(
        IEnumerable<Subject> items, CancellationToken cancellationToken)
    {
        var answer = await server.Studies.ImportSubjectsAsync(
            new ImportSubjectsRequest { StudyId = study, Subjects = { items }, Reason = reason }, cancellationToken: cancellationToken);
        Released += answer.ReleasedResults;
        return (answer.Dispositions, answer.Faults.Select(refused => (refused.Position, refused.Faults.AsEnumerable())));
    }
}
