using LabServer.Api.V1;

namespace LabServer.Api;

/// <summary>A batch of results on its way to the server.</summary>
/// <param name="StudyId">STUDYID of every result of the batch.</param>
/// <param name="Laboratory">The laboratory that sends.</param>
/// <param name="Results">At most 5,000 results. Must not change until the batch is acknowledged: it may be sent again.</param>
public sealed record ResultBatch(string StudyId, string Laboratory, IReadOnlyList<LabResult> Results)
{
    /// <summary>Whatever the sender wants to have back with the acknowledgement, for instance where the rows came from. Never sent.</summary>
    public object? Tag { get; init; }
}
