using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>Subjects of SDTM DM, with their first dose from EX where it is given.</summary>
/// <param name="file">DM.</param>
/// <param name="exposure">EX. Null: none was given.</param>
internal sealed class DemographicsReader(CsvFile file, ExposureRecords? exposure) : SubjectFileReader(file)
{
    // What tables are commonly split by. AGE is left out: it is a quantity, and its groups are each study's own.
    private static readonly string[] AttributeColumns = ["RACE", "ETHNIC", "COUNTRY"];

    private readonly (string Name, int Position)[] _attributes =
        [.. AttributeColumns.Where(file.Has).Select(column => (AttributeName(column), file.Position(column)))];

    private readonly int _subject = file.RequiredPosition("USUBJID");
    private readonly int _arm = file.RequiredPosition("ARM");
    private readonly int _armCode = file.Position("ARMCD");
    private readonly int _actualArm = file.Position("ACTARM");
    private readonly int _actualArmCode = file.Position("ACTARMCD");
    private readonly int _armReason = file.Position("ARMNRS");
    private readonly int _birthDate = file.Position("BRTHDTC");
    private readonly int _firstExposure = file.Position("RFXSTDTC");
    private readonly int _reference = file.Position("RFSTDTC");
    private readonly int _site = file.Position("SITEID");

    /// <inheritdoc/>
    protected override int SexPosition { get; } = file.Position("SEX");

    /// <inheritdoc/>
    public override ExposureRecords? Exposure => exposure;

    /// <inheritdoc/>
    public override string ColumnOf(string field) => field switch
    {
        "subject_id" => "USUBJID",
        "arm" => _actualArm < 0 ? "ARM" : "ACTARM",
        "planned_arm" => "ARM",
        "sex" => "SEX",
        "birth_date" => "BRTHDTC",
        "first_dose_at" => _firstExposure < 0 ? "RFSTDTC" : "RFXSTDTC",
        "site_id" => "SITEID",
        _ => AttributeColumns.FirstOrDefault(column => field == "attributes." + AttributeName(column)) ?? AttributeColumn(field) ?? field,
    };

    /// <inheritdoc/>
    protected override Subject Subject(CsvRow row)
    {
        var planned = ArmOf(row[_arm], row[_armCode]);
        var arm = _actualArm < 0 ? planned : ArmOf(row[_actualArm], row[_actualArmCode]);
        // ARMNRS says why a subject has no arm: screen failure, not assigned, assigned but not treated, unplanned treatment.
        arm = row[_armReason].Trim().Length > 0 ? "" : arm;
        var subject = new Subject
        {
            SubjectId = row[_subject],
            Arm = arm,
            PlannedArm = planned,
            BirthDate = row[_birthDate],
            FirstDoseAt = FirstDose(row, treated: arm.Length > 0),
            SiteId = row[_site],
        };
        foreach (var (name, position) in _attributes)
        {
            subject.Attributes[name] = row[position];
        }

        return subject;
    }

    private static string AttributeName(string column) => column.ToLowerInvariant();

    private string FirstDose(CsvRow row, bool treated)
    {
        if (exposure is not null && exposure.FirstDoses.TryGetValue(row[_subject], out var dose))
        {
            return dose;
        }

        // RFSTDTC is the date of randomisation in some studies, so it is no first dose of a subject that was not treated.
        return row[_firstExposure] is { Length: > 0 } exposed ? exposed : treated ? row[_reference] : "";
    }

    private static string ArmOf(string arm, string code) => IsNoArm(arm) || IsNoArm(code) ? "" : arm;

    /// <summary>Whether a text is one of SDTM's words for a subject without an arm, however it is spelt.</summary>
    private static bool IsNoArm(string text) =>
        string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant() is "SCREENFAILURE" or "SCREENFAIL" or "SCRNFAIL" or "SCRFAIL"
            or "NOTASSIGNED" or "NOTASSGN" or "NOTTREATED" or "NOTTRT" or "UNPLANNEDTREATMENT" or "UNPLAN";
}
