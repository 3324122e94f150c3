using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>A result of a batch that is to be stored, if it is not on file.</summary>
/// <param name="Position">Its place in the batch.</param>
/// <param name="Checked">The result.</param>
/// <param name="SubjectKey">Its subject; null: not known.</param>
/// <param name="TestKey">Its test; null: not known.</param>
/// <param name="Holds">What it waits for.</param>
internal readonly record struct SentRow(int Position, CheckedResult Checked, long? SubjectKey, long? TestKey, HoldReasons Holds);
