using System.Buffers;
using System.Text.Json;

namespace LabServer.Core.Ingestion;

/// <summary>
/// Writes what the reject log keeps of rejected results, one after the other. Result and faults are read back by their
/// property names; texts that were not sent are left out, as they are empty without being said. For one thread.
/// </summary>
internal sealed class RejectEntryWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    // What is wrong with one is often wrong with the next.
    private IReadOnlyList<Fault> _faults = [];
    private byte[] _writtenFaults = [];

    /// <summary>A writer with memory of its own.</summary>
    public RejectEntryWriter() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>The entry of a result.</summary>
    public RejectEntry Of(LabResult result, IReadOnlyList<Fault> faults)
    {
        if (_writtenFaults.Length == 0 || !faults.SequenceEqual(_faults))
        {
            Write(faults);
            (_faults, _writtenFaults) = (faults, Written());
        }

        Write(result);
        return new RejectEntry(Written(), _writtenFaults);
    }

    public void Dispose() => _json.Dispose();

    private void Write(IReadOnlyList<Fault> faults)
    {
        _json.WriteStartArray();
        foreach (var fault in faults)
        {
            _json.WriteStartObject();
            _json.WriteNumber(nameof(Fault.Code), (int)fault.Code);
            _json.WriteString(nameof(Fault.Field), fault.Field);
            _json.WriteString(nameof(Fault.Message), fault.Message);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Write(LabResult result)
    {
        _json.WriteStartObject();
        Write(nameof(LabResult.StudyId), result.StudyId);
        Write(nameof(LabResult.Laboratory), result.Laboratory);
        Write(nameof(LabResult.SourceResultId), result.SourceResultId);
        _json.WriteNumber(nameof(LabResult.Version), result.Version);
        Write(nameof(LabResult.SubjectId), result.SubjectId);
        Write(nameof(LabResult.Specimen), result.Specimen);
        Write(nameof(LabResult.Category), result.Category);
        Write(nameof(LabResult.TestCode), result.TestCode);
        Write(nameof(LabResult.ReportedValue), result.ReportedValue);
        Write(nameof(LabResult.ReportedUnit), result.ReportedUnit);
        Write(nameof(LabResult.ReferenceLow), result.ReferenceLow);
        Write(nameof(LabResult.ReferenceHigh), result.ReferenceHigh);
        Write(nameof(LabResult.CollectedAt), result.CollectedAt);
        Write(nameof(LabResult.ResultedAt), result.ResultedAt);
        Write(nameof(LabResult.Visit), result.Visit);
        Write(nameof(LabResult.VisitNumber), result.VisitNumber);
        Write(nameof(LabResult.Instrument), result.Instrument);
        Write(nameof(LabResult.Method), result.Method);
        _json.WriteNumber(nameof(LabResult.Status), (int)result.Status);
        Write(nameof(LabResult.SpecimenCondition), result.SpecimenCondition);
        _json.WriteNumber(nameof(LabResult.Fasting), (int)result.Fasting);
        _json.WriteEndObject();
    }

    private void Write(string name, string text)
    {
        if (text.Length > 0)
        {
            _json.WriteString(name, text);
        }
    }

    private byte[] Written()
    {
        _json.Flush();
        var written = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        _json.Reset();
        return written;
    }
}
