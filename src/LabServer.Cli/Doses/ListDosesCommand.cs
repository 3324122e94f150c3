using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Doses;

/// <summary><c>labctl doses list</c>.</summary>
internal sealed class ListDosesCommand : Command
{
    private static readonly IReadOnlyList<Column<Dose>> Columns =
    [
        new("subject_id", dose => dose.SubjectId),
        new("dose_id", dose => dose.DoseId),
        new("treatment", dose => dose.Treatment),
        new("amount", dose => dose.Amount),
        new("unit", dose => dose.Unit),
        new("start_at", dose => dose.StartAt),
        new("end_at", dose => dose.EndAt),
        new("visit", dose => dose.Visit),
        new("visit_number", dose => dose.VisitNumber, InTable: false),
        new("not_given", dose => dose.NotGiven ? "Y" : ""),
    ];

    public ListDosesCommand(Shell shell) : base("list", "Lists the dose records of a study by subject and start.")
    {
        var subject = new Option<string?>("--subject") { Description = "Only of this subject (USUBJID).", HelpName = "U" };
        var limit = Limits.Option();
        Add(shell.Study);
        Add(subject);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var doses = Pages.Read(
                (size, token) => server.Studies.ListDosesAsync(
                    new ListDosesRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        SubjectId = parsed.GetValue(subject) ?? "",
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Doses, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, Columns, doses, cancellationToken);
            return ExitCode.Done;
        });
    }
}
