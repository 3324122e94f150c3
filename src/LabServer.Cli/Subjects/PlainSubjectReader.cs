using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>Subjects in columns named as the fields of the wire.</summary>
internal sealed class PlainSubjectReader(CsvFile file) : SubjectFileReader(file)
{
    private readonly int _subject = file.RequiredPosition("subject_id");
    private readonly int _arm = file.RequiredPosition("arm");
    private readonly int _plannedArm = file.Position("planned_arm");
    private readonly int _birthDate = file.Position("birth_date");
    private readonly int _firstDose = file.RequiredPosition("first_dose_at");
    private readonly int _site = file.Position("site_id");

    /// <inheritdoc/>
    protected override int SexPosition { get; } = file.Position("sex");

    /// <inheritdoc/>
    protected override int AnticoagulationPosition { get; } = file.Position("on_anticoagulation");

    /// <inheritdoc/>
    protected override int HivPosition { get; } = file.Position("hiv_infected");

    /// <inheritdoc/>
    public override string ColumnOf(string field) => AttributeColumn(field) ?? field;

    /// <inheritdoc/>
    protected override Subject Subject(CsvRow row) => new()
    {
        SubjectId = row[_subject],
        Arm = row[_arm],
        PlannedArm = row[_plannedArm],
        BirthDate = row[_birthDate],
        FirstDoseAt = row[_firstDose],
        SiteId = row[_site],
    };
}
