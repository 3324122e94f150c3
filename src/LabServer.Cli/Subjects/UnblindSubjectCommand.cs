using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Subjects;

/// <summary><c>labctl subjects unblind</c>.</summary>
internal sealed class UnblindSubjectCommand : Command
{
    private static readonly IReadOnlyList<Column<UnblindSubjectResponse>> Columns =
    [
        new("subject_id", subject => subject.SubjectId),
        new("arm", subject => subject.Arm),
        new("planned_arm", subject => subject.PlannedArm),
    ];

    public UnblindSubjectCommand(Shell shell) : base("unblind", "Shows the arm of one subject, in an emergency. That you did, and why, is kept.")
    {
        var subject = new Option<string>("--subject") { Description = "Subject (USUBJID).", HelpName = "SUBJECT", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        Add(shell.Study);
        Add(subject);
        Add(reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var unblinded = await server.Access.UnblindSubjectAsync(
                new UnblindSubjectRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    SubjectId = parsed.GetRequiredValue(subject),
                    Reason = parsed.GetRequiredValue(reason),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, Columns, unblinded);
            return ExitCode.Done;
        });
    }
}
