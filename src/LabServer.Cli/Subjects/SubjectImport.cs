using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>Sends subjects in batches and counts what became of them.</summary>
internal sealed class SubjectImport(Connection server, string study, Func<string, string> columnOf)
{
    /// <summary>Subjects of one request.</summary>
    public const int BatchSize = 1_000;

    private readonly Dictionary<SubjectDisposition, long> _counts = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Held results that the import released to grading.</summary>
    public long Released { get; private set; }

    /// <summary>Every fault of the rejected ones.</summary>
    public List<RowFault> Faults { get; } = [];

    /// <summary>How many subjects have this disposition.</summary>
    public long Count(SubjectDisposition disposition) => _counts.GetValueOrDefault(disposition);

    /// <summary>Sends one batch.</summary>
    public async Task Send(IReadOnlyList<SubjectRow> rows, CancellationToken cancellationToken)
    {
        Rows += rows.Count;
        foreach (var refused in rows.Where(row => row.Faults.Count > 0))
        {
            Faults.AddRange(refused.Faults);
            Add(SubjectDisposition.Rejected);
        }

        var sent = rows.Where(row => row.Faults.Count == 0).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var answer = await server.Studies.ImportSubjectsAsync(
            new ImportSubjectsRequest { StudyId = study, Subjects = { sent.Select(row => row.Subject) } }, cancellationToken: cancellationToken);
        Released += answer.ReleasedResults;
        foreach (var disposition in answer.Dispositions)
        {
            Add(disposition);
        }

        Faults.AddRange(
            from refused in answer.Faults
            from fault in refused.Faults
            select new RowFault(sent[refused.Position].Line, columnOf(fault.Field), fault.Code, fault.Message));
    }

    private void Add(SubjectDisposition disposition) => _counts[disposition] = Count(disposition) + 1;
}
