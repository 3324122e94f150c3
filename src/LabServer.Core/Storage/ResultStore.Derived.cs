using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class ResultStore
{
    private const string SelectNextVersion = """
        SELECT COALESCE(MAX(version), 0) + 1 FROM result
        WHERE laboratory_key = @laboratory_key AND source_result_id = @source_result_id
        """;

    /// <summary>
    /// Appends the next version of a derived result, whose version is set here: like one that a laboratory sent, so that
    /// everything that holds for results holds for it. Returns its key.
    /// </summary>
    internal long AppendDerived(WriteSession session, Study study, LabResult result, TestDefinition test, long collectedUs, long subjectKey)
    {
        var sent = new Sent(
            study.StudyKey,
            _laboratories.KeyOf(session, DerivedResult.Laboratory, study.StudyKey),
            _senders.KeyOf(session, DerivedResult.Sender),
            Clock.NowUs(time));
        var version = result with
        {
            Version = session.Rows(SelectNextVersion).Add(sent.LaboratoryKey).Add(result.SourceResultId).FindWhole()!.Value,
        };
        ReportedValueReader.Read(version.ReportedValue, out var value);
        var unit = test.FindUnit(version.ReportedUnit);
        var understood = new CheckedResult(version, [])
        {
            Test = test,
            Unit = unit,
            Value = value,
            StandardValue = value.Number is { } number ? unit?.ToStandard(number) : null,
            CollectedUs = collectedUs,
        };
        var hash = version.ContentHash();
        var key = Insert(session, sent, understood, hash, subjectKey, HoldReasons.None)
            ?? throw new InvalidOperationException($"Version {version.Version} of derived result {version.SourceResultId} is on file already.");
        Group(session, sent, study.StudyId, DerivedResult.Laboratory, DerivedResult.Sender)
            .Add(version.Version > 1 ? Disposition.Amended : Disposition.Accepted, key, hash);
        if (version.Version > 1)
        {
            NoteAmendment(session, sent, version);
        }

        return key;
    }
}
