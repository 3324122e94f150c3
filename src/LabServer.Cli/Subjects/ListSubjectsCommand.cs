using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Subjects;

/// <summary><c>labctl subjects list</c>.</summary>
internal sealed class ListSubjectsCommand : StudyListCommand<ListSubjectsResponse, Subject>
{
    private static readonly IReadOnlyList<Column<Subject>> Columns =
    [
        new("subject_id", subject => subject.SubjectId),
        new("arm", subject => subject.Arm),
        new("planned_arm", subject => subject.PlannedArm),
        new("sex", subject => Sex(subject.Sex)),
        new("birth_date", subject => subject.BirthDate),
        new("first_dose_at", subject => subject.FirstDoseAt),
        new("site_id", subject => subject.SiteId),
        new("on_anticoagulation", subject => YesNoText.Letter(subject.OnAnticoagulation)),
        new("hiv_infected", subject => YesNoText.Letter(subject.HivInfected)),
        new("attributes", subject => Attributes(subject)),
    ];

    public ListSubjectsCommand(Shell shell)
        : base(
            shell,
            "list",
            "Lists the subjects of a study.",
            Columns,
            (server, study, size, token, cancellationToken) => server.Studies.ListSubjectsAsync(
                new ListSubjectsRequest { StudyId = study, PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
            page => page.Subjects,
            page => page.NextPageToken)
    {
    }

    private static JsonObject? Attributes(Subject subject) => subject.Attributes.Count == 0
        ? null
        : new JsonObject(subject.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    // As a file to import has it.
    private static string Sex(Sex sex) => sex switch
    {
        Api.V1.Sex.Male => "M",
        Api.V1.Sex.Female => "F",
        Api.V1.Sex.Undifferentiated => "UNDIFFERENTIATED",
        _ => "",
    };
}
