using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using LabServer.Api.V1;

namespace LabServer.Cli.Audit;

/// <summary><c>labctl audit list</c>.</summary>
internal sealed class ListAuditCommand : Command
{
    public ListAuditCommand(Shell shell) : base("list", "Lists entries of the trail, newest first.")
    {
        var study = new Option<string?>("--study") { Description = "Only of this study. Default: all, with those of no study.", HelpName = "STUDY" };
        var from = Time("--from", "Only from this time on, for instance 2026-03-01 or 2026-03-01T08:00:00Z; without an offset it is UTC.");
        var to = Time("--to", "Only before this time.");
        var caller = new Option<string?>("--caller") { Description = "Only by this caller.", HelpName = "NAME" };
        var action = new Option<string?>("--action") { Description = "Only of this action, for instance SUBJECT_CHANGED.", HelpName = "ACTION" };
        var limit = Limits.Option();
        Add(study);
        Add(from);
        Add(to);
        Add(caller);
        Add(action);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var entries = Pages.Read(
                (size, token) => server.Audit.ListAuditEntriesAsync(
                    new ListAuditEntriesRequest
                    {
                        StudyId = parsed.GetValue(study) ?? "",
                        From = parsed.GetValue(from),
                        To = parsed.GetValue(to),
                        Caller = parsed.GetValue(caller) ?? "",
                        Action = (parsed.GetValue(action) ?? "").ToUpperInvariant(),
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Entries, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, AuditColumns.Entries, entries, cancellationToken);
            return ExitCode.Done;
        });
    }

    private static Option<Timestamp?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return Timestamp.FromDateTimeOffset(at);
            }

            result.AddError($"{name}: {text} is no time such as 2026-03-01T08:00:00Z.");
            return null;
        },
    };
}
