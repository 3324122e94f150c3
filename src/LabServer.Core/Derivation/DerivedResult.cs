namespace LabServer.Core.Derivation;

/// <summary>A result that LabServer computes.</summary>
/// <param name="Formula">How.</param>
/// <param name="Value">What the formula gives.</param>
public sealed record DerivedResult(Formula Formula, DerivedValue Value)
{
    /// <summary>Name under which derived results are on file. Laboratories cannot send under it.</summary>
    public const string Laboratory = "(derived)";

    /// <summary>Who puts them on file.</summary>
    public const string Sender = "labserver";

    /// <summary>The result it is computed for.</summary>
    public InputResult Primary => Value.Inputs[0].Result;

    /// <summary>
    /// Its id: test, laboratory and id of the primary input, <c>CACORR:CENTRAL/12345</c>. Unique whatever is in the names:
    /// no test that is derived has a colon, and a slash in the laboratory is written as <c>%2F</c>.
    /// </summary>
    public string SourceResultId =>
        $"{Formula.Test}:{Escaped(Primary.Sent.Laboratory)}/{Primary.Sent.SourceResultId}";

    /// <summary>As a laboratory would have sent it.</summary>
    public LabResult ToResult(string studyId, string subjectId, long version) => new()
    {
        StudyId = studyId,
        Laboratory = Laboratory,
        SourceResultId = SourceResultId,
        Version = version,
        SubjectId = subjectId,
        Specimen = Primary.Sent.Specimen,
        TestCode = Formula.Test,
        ReportedValue = Value.ReportedValue,
        ReportedUnit = Value.ReportedUnit,
        ReferenceLow = Value.ReferenceLow,
        ReferenceHigh = Value.ReferenceHigh,
        CollectedAt = Primary.Observation.CollectedAt,
        Method = Primary.Sent.Method,
        Visit = Primary.Sent.Visit,
        VisitNumber = Primary.Sent.VisitNumber,
        Status = Value.Inputs.Any(input => input.Result.Observation.Status == ResultStatus.Preliminary)
            ? ResultStatus.Preliminary
            : ResultStatus.Final,
        SpecimenCondition = Spoiling,
        Fasting = Primary.Sent.Fasting,
    };

    // What spoils an input spoils what is computed from it, whatever the derived test itself would bear; a condition that
    // the input bears (a hemolyzed calcium) says nothing against the result.
    private string Spoiling => string.Join(
        "; ",
        Value.Inputs
            .Where(input => input.Result.Observation.IsSpoiled)
            .Select(input => input.Result.Observation.SpecimenCondition)
            .Distinct(StringComparer.Ordinal));

    private static string Escaped(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
