using System.CommandLine;
using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events hys-law</c>.</summary>
internal sealed class HysLawCommand : Command
{
    private static readonly IReadOnlyList<Column<HysLawCandidate>> Columns =
    [
        new("subject_id", found => found.SubjectId),
        new("test", found => found.Transaminase.Test),
        new("collected_at", found => found.Transaminase.CollectedAt),
        new("times_uln", found => Times(found.Transaminase)),
        new("bilirubin_collected_at", found => found.Bilirubin.CollectedAt),
        new("bilirubin_times_uln", found => Times(found.Bilirubin)),
        new("days_apart", found => found.HasDaysApart ? found.DaysApart : null),
        new("alp_under_2_uln", found => found.AlpUnderTwice == YesNo.Unspecified ? "unknown" : Enums.Lower(found.AlpUnderTwice)),
        new("alp_collected_at", found => found.Alp?.CollectedAt),
        new("alp_times_uln", found => found.Alp is { } alp ? Times(alp) : null),
        new("laboratory", found => found.Transaminase.Laboratory, InTable: false),
        new("source_result_id", found => found.Transaminase.SourceResultId, InTable: false),
        new("bilirubin_laboratory", found => found.Bilirubin.Laboratory, InTable: false),
        new("bilirubin_source_result_id", found => found.Bilirubin.SourceResultId, InTable: false),
        new("alp_laboratory", found => found.Alp?.Laboratory, InTable: false),
        new("alp_source_result_id", found => found.Alp?.SourceResultId, InTable: false),
    ];

    public HysLawCommand(Shell shell)
        : base("hys-law", "Lists ALT or AST of at least 3 x ULN after first dose with bilirubin of at least 2 x ULN within 14 days.")
    {
        Add(shell.Study);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var found = await server.AdverseEvents.ListHysLawCandidatesAsync(
                new ListHysLawCandidatesRequest { StudyId = parsed.GetRequiredValue(shell.Study) }, cancellationToken: cancellationToken);
            shell.Write(parsed, Columns, found.Candidates);
            return ExitCode.Done;
        });
    }

    private static string Times(LiverResult result) => result.TimesUpperLimit.ToString("0.00", CultureInfo.InvariantCulture);
}
