using System.Data.Common;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>Reads the subjects of summaries, by arm and stratum.</summary>
public sealed class StrataStore(Database database)
{
    private const string SelectSubjects = """
        SELECT s.subject_key, s.subject_id, CASE WHEN @is_blinded = 1 THEN 'All subjects' ELSE s.arm END, s.first_dose_at, s.sex, s.site_id
        FROM subject s
        WHERE s.study_key = @study_key AND s.first_dose_at <> ''
        ORDER BY s.subject_id
        """;

    private const string SelectAttribute = """
        SELECT a.subject_key, a.value FROM subject s JOIN subject_attribute a ON a.subject_key = s.subject_key
        WHERE s.study_key = @StudyKey AND a.name = @splitBy
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
        Dialect dialect, DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, string splitBy, IReadOnlyList<string> arms)
    {
        var isBlinded = sight == ArmSight.Blinded;
        if (isBlinded && arms.Count > 0)
        {
            throw new ArgumentException("A blinded reader cannot choose arms.", nameof(arms));
        }

        var subjects = Subjects(dialect, connection, transaction, study, sight, splitBy);
        return Strata.Of(isBlinded ? study with { Arms = [ArmNames.Pooled] } : study, subjects, splitBy, arms);
    }

    private static IEnumerable<StratumSubject> Subjects(
        Dialect dialect, DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, string splitBy)
    {
        var attributes = splitBy is "" or Strata.Sex or Strata.Site
            ? []
            : connection.Query<(long SubjectKey, string Value)>(SelectAttribute, new { study.StudyKey, splitBy }, transaction)
                .ToDictionary(row => row.SubjectKey, row => row.Value);
        using var rows = dialect.Rows(
            connection, transaction, SelectSubjects, ("@study_key", study.StudyKey), ("@is_blinded", sight == ArmSight.Blinded ? 1 : 0));
        while (rows.Read())
        {
            var key = rows.Whole(0);
            yield return new StratumSubject(key, rows.Text(1), rows.Text(2), rows.Text(3), splitBy switch
            {
                "" => "",
                Strata.Site => rows.Text(5),
                Strata.Sex => Name((Sex)rows.Whole(4)),
                _ => attributes.GetValueOrDefault(key, ""),
            });
        }
    }

    private static string Name(Sex sex) => sex switch
    {
        Sex.Male => "M",
        Sex.Female => "F",
        Sex.Undifferentiated => "UNDIFFERENTIATED",
        _ => "",
    };
}
