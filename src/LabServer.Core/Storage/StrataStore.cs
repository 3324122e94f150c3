using System.Data.Common;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>Reads the subjects of summaries, by arm and stratum.</summary>
public sealed class StrataStore(Database database)
{
    private const string SelectSubjects = """
        SELECT s.subject_key AS SubjectKey, s.subject_id AS SubjectId, CASE WHEN @isBlinded = 1 THEN 'All subjects' ELSE s.arm END AS Arm, s.first_dose_at AS FirstDoseAt,
               CASE @splitBy WHEN '' THEN '' WHEN 'site' THEN s.site_id
                   WHEN 'sex' THEN CASE s.sex WHEN 1 THEN 'M' WHEN 2 THEN 'F' WHEN 3 THEN 'UNDIFFERENTIATED' ELSE '' END
                   ELSE COALESCE(a.value, '') END AS Stratum
        FROM subject s
        LEFT JOIN subject_attribute a ON a.subject_key = s.subject_key AND a.name = @splitBy
        WHERE s.study_key = @StudyKey AND s.first_dose_at <> ''
        ORDER BY s.subject_id
        """;

    private const string SelectNames = """
        SELECT DISTINCT a.name FROM subject s JOIN subject_attribute a ON a.subject_key = s.subject_key
        WHERE s.study_key = @StudyKey ORDER BY a.name
        """;

    /// <summary>
    /// What is wrong with the strata and arms that a summary is asked for; field names are <c>split_by</c> and <c>arms</c>.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="splitBy">As asked for; empty: nothing.</param>
    /// <param name="arms">As asked for; empty: all.</param>
    /// <param name="compared">Whether two arms are to be compared, so that exactly two must be named.</param>
    public IReadOnlyList<Fault> Check(Study study, string splitBy, IReadOnlyList<string> arms, bool compared)
    {
        List<Fault> faults = [];
        if (splitBy is not ("" or Strata.Sex or Strata.Site))
        {
            using var connection = database.Read();
            var names = connection.Query<string>(SelectNames, study).AsList();
            if (!names.Contains(splitBy))
            {
                faults.Add(new Fault(
                    FaultCode.AttributeUnknown, "split_by",
                    $"no subject of the study has an attribute '{splitBy}'; there are {string.Join(", ", [Strata.Sex, Strata.Site, .. names])}"));
            }
        }

        faults.AddRange(arms.Except(study.Arms).Select(arm => new Fault(
            FaultCode.ArmUnknown, "arms", $"the study has no arm '{arm}'; it has {string.Join(", ", study.Arms)}")));
        if (arms.Distinct().Count() < arms.Count)
        {
            faults.Add(new Fault(FaultCode.ArmRepeated, "arms", "names an arm twice"));
        }

        if (compared && arms.Count != 2)
        {
            faults.Add(new Fault(FaultCode.ArmsNotTwo, "arms", "must name the two arms to compare"));
        }

        return faults;
    }

    /// <summary>
    /// The subjects of a summary, as the transaction sees them. Blinded, all are of one arm, <see cref="ArmNames.Pooled"/>,
    /// and no arm can be asked for.
    /// </summary>
    /// <exception cref="ArgumentException">Arms are named and the reader is blinded.</exception>
    internal static Strata Read(
        DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, string splitBy, IReadOnlyList<string> arms)
    {
        var isBlinded = sight == ArmSight.Blinded;
        if (isBlinded && arms.Count > 0)
        {
            throw new ArgumentException("A blinded reader cannot choose arms.", nameof(arms));
        }

        var rows = connection.Query<Row>(SelectSubjects, new { study.StudyKey, splitBy, isBlinded }, transaction);
        return Strata.Of(isBlinded ? study with { Arms = [ArmNames.Pooled] } : study, rows.Select(row => row.ToSubject()), splitBy, arms);
    }

    // Not positional: SQLite gives a computed column of no rows no type, and Dapper then finds no constructor.
    private sealed record Row
    {
        public long SubjectKey { get; init; }

        public string SubjectId { get; init; } = "";

        public string Arm { get; init; } = "";

        public string FirstDoseAt { get; init; } = "";

        public string Stratum { get; init; } = "";

        public StratumSubject ToSubject() => new(SubjectKey, SubjectId, Arm, FirstDoseAt, Stratum);
    }
}
