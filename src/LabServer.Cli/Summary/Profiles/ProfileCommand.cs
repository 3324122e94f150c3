using System.CommandLine;
using System.Runtime.CompilerServices;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary profile</c>.</summary>
internal sealed class ProfileCommand : Command
{
    public ProfileCommand(Shell shell)
        : base("profile", "Everything of one subject in time order: results with grades and flags, doses, adverse events.")
    {
        var subject = new Option<string>("--subject") { Description = "Subject (USUBJID).", HelpName = "U", Required = true };
        var ruleSet = new Option<string?>("--rule-set") { Description = "Rule set of the grades. Default: the study's first.", HelpName = "R" };
        Add(shell.Study);
        Add(subject);
        Add(ruleSet);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            using var call = server.Summaries.GetSubjectProfile(
                new GetSubjectProfileRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    SubjectId = parsed.GetRequiredValue(subject),
                    RuleSetId = parsed.GetValue(ruleSet) ?? "",
                },
                cancellationToken: cancellationToken);
            var pending = 0L;
            await shell.Write(parsed, ProfileColumns.All, Entries(call.ResponseStream, waiting => pending = waiting, cancellationToken), cancellationToken);
            await PendingNote.Write(shell.Terminal, pending);
            return ExitCode.Done;
        });
    }

    private static async IAsyncEnumerable<ProfileEntry> Entries(
        IAsyncStreamReader<GetSubjectProfileResponse> answers, Action<long> tellPending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var answer in answers.ReadAllAsync(cancellationToken))
        {
            if (answer.Subject is not null)
            {
                tellPending(answer.Pending);
            }

            foreach (var entry in answer.Entries)
            {
                yield return entry;
            }
        }
    }
}
