using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Subjects;

/// <summary>Reads subjects from a file of SDTM DM, recognised by its column USUBJID, or of plain columns.</summary>
internal abstract class SubjectFileReader(CsvFile file)
{
    private const string AttributePrefix = "attribute:";

    private readonly (string Name, int Position)[] _attributes =
    [
        .. from column in file.Columns
           where column.StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase)
           select (column[AttributePrefix.Length..], file.Position(column)),
    ];

    /// <summary>The reader that fits the columns of <paramref name="file"/>.</summary>
    /// <param name="file">The subjects.</param>
    /// <param name="exposure">SDTM EX. Null: none.</param>
    /// <exception cref="UsageException">A needed column is missing, or an exposure file comes with plain columns.</exception>
    public static SubjectFileReader Create(CsvFile file, CsvFile? exposure)
    {
        if (file.Has("USUBJID"))
        {
            return new DemographicsReader(file, exposure is null ? null : ExposureRecords.Read(exposure));
        }

        return exposure is null
            ? new PlainSubjectReader(file)
            : throw new UsageException($"--exposure goes with SDTM DM; {file.Path} has no column USUBJID.");
    }

    /// <summary>The rows of the file, faulty ones with their faults.</summary>
    public IEnumerable<ImportRow<Subject>> Read()
    {
        foreach (var row in file.Rows())
        {
            if (row.Fault is not null)
            {
                yield return ImportRow<Subject>.Malformed(row.Line, row.Fault);
                continue;
            }

            var faults = new List<RowFault>();
            var subject = Subject(row);
            if (SexOf(row[SexPosition]) is { } sex)
            {
                subject.Sex = sex;
            }
            else
            {
                faults.Add(new RowFault(row.Line, ColumnOf("sex"), "SEX_UNKNOWN", $"{row[SexPosition]} is not a sex: M, F, U or UNDIFFERENTIATED."));
            }

            subject.OnAnticoagulation = Fact(row, AnticoagulationPosition, "on_anticoagulation", faults);
            subject.HivInfected = Fact(row, HivPosition, "hiv_infected", faults);
            foreach (var (name, position) in _attributes)
            {
                subject.Attributes[name] = row[position];
            }

            yield return new ImportRow<Subject>(row.Line, subject, faults);
        }
    }

    /// <summary>The column of an attribute, by the field of the wire; null: the field is no attribute.</summary>
    protected static string? AttributeColumn(string field) =>
        field.StartsWith("attributes.", StringComparison.Ordinal) ? AttributePrefix + field["attributes.".Length..] : null;

    /// <summary>The records of the exposure file; null: there is none.</summary>
    public virtual ExposureRecords? Exposure => null;

    /// <summary>The column of the file that a field of the wire comes from.</summary>
    public abstract string ColumnOf(string field);

    /// <summary>Position of the sex.</summary>
    protected abstract int SexPosition { get; }

    /// <summary>Position of whether the subject takes an anticoagulant; -1: SDTM DM does not say.</summary>
    protected virtual int AnticoagulationPosition => -1;

    /// <summary>Position of whether the subject is infected with HIV; -1: SDTM DM does not say.</summary>
    protected virtual int HivPosition => -1;

    /// <summary>The subject of a row, its sex and facts apart.</summary>
    protected abstract Subject Subject(CsvRow row);

    private YesNo Fact(CsvRow row, int position, string field, List<RowFault> faults)
    {
        if (YesNoText.Read(row[position]) is { } fact)
        {
            return fact;
        }

        faults.Add(new RowFault(row.Line, ColumnOf(field), "FACT_UNKNOWN", $"{row[position]} is not Y, N or empty."));
        return YesNo.Unspecified;
    }

    private static Sex? SexOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        // U is CDISC's unknown.
        "" or "U" or "UNKNOWN" => Sex.Unspecified,
        "M" or "MALE" => Sex.Male,
        "F" or "FEMALE" => Sex.Female,
        "UN" or "UNDIFFERENTIATED" => Sex.Undifferentiated,
        _ => null,
    };
}
