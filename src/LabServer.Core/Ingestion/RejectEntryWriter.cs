using System.Buffers;
using System.Text.Json;

namespace LabServer.Core.Ingestion;

/// <summary>
/// Writes what the reject log keeps of rejected results, one after the other. A result is read back by its property names;
/// texts that were not sent are left out, as they are empty without being said. For one thread.
/// </summary>
internal sealed class RejectEntryWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    // What is wrong with one is often wrong with the next.
    private IReadOnlyList<Fault> _faults = [];
    private byte[] _writtenFaults = [];

    /// <summary>The entry of a result.</summary>
    public RejectEntry Of(LabResult result, IReadOnlyList<Fault> faults)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer);
        json.WriteStartObject();
        Write(json, nameof(LabResult.StudyId), result.StudyId);
        Write(json, nameof(LabResult.Laboratory), result.Laboratory);
        Write(json, nameof(LabResult.SourceResultId), result.SourceResultId);
        json.WriteNumber(nameof(LabResult.Version), result.Version);
        Write(json, nameof(LabResult.SubjectId), result.SubjectId);
        Write(json, nameof(LabResult.Specimen), result.Specimen);
        Write(json, nameof(LabResult.Category), result.Category);
        Write(json, nameof(LabResult.TestCode), result.TestCode);
        Write(json, nameof(LabResult.ReportedValue), result.ReportedValue);
        Write(json, nameof(LabResult.ReportedUnit), result.ReportedUnit);
        Write(json, nameof(LabResult.ReferenceLow), result.ReferenceLow);
        Write(json, nameof(LabResult.ReferenceHigh), result.ReferenceHigh);
        Write(json, nameof(LabResult.CollectedAt), result.CollectedAt);
        Write(json, nameof(LabResult.ResultedAt), result.ResultedAt);
        Write(json, nameof(LabResult.Visit), result.Visit);
        Write(json, nameof(LabResult.VisitNumber), result.VisitNumber);
        Write(json, nameof(LabResult.Instrument), result.Instrument);
        Write(json, nameof(LabResult.Method), result.Method);
        json.WriteNumber(nameof(LabResult.Status), (int)result.Status);
        Write(json, nameof(LabResult.SpecimenCondition), result.SpecimenCondition);
        json.WriteNumber(nameof(LabResult.Fasting), (int)result.Fasting);
        json.WriteEndObject();
        json.Flush();
        return new RejectEntry(_buffer.WrittenSpan.ToArray(), Written(faults));
    }

    private byte[] Written(IReadOnlyList<Fault> faults)
    {
        if (_writtenFaults.Length == 0 || !faults.SequenceEqual(_faults))
        {
            (_faults, _writtenFaults) = (faults, JsonSerializer.SerializeToUtf8Bytes(faults));
        }

        return _writtenFaults;
    }

    private static void Write(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }
}
