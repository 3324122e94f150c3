using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>A result of a batch that goes into the reject log, if it is not there.</summary>
/// <param name="Position">Its place in the batch.</param>
/// <param name="SourceResultId">Its id as the log has it; see <see cref="ResultStore"/>.</param>
/// <param name="Entry">What the log keeps of it.</param>
/// <param name="Faults">Its faults.</param>
internal readonly record struct SentReject(int Position, string SourceResultId, RejectEntry Entry, IReadOnlyList<Fault> Faults);
