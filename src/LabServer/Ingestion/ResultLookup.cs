using LabServer.Core;
using LabServer.Core.Storage;

namespace LabServer.Ingestion;

/// <summary>The result a request names, or the status that says what is wrong with the name.</summary>
internal sealed class ResultLookup(ResultStore results)
{
    /// <summary>Every version of the result, oldest first, if it is of a laboratory in scope; null: of any.</summary>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT: no id; NOT_FOUND; FAILED_PRECONDITION: several laboratories have it and none is named.
    /// </exception>
    public IReadOnlyList<StoredResult> Find(Study study, string laboratory, string sourceResultId, IReadOnlySet<string>? scope = null)
    {
        if (sourceResultId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("RESULT_MISSING", "source_result_id", "is required");
        }

        var versions = results.Versions(study.StudyKey, laboratory, sourceResultId, scope);
        if (versions.Count == 0)
        {
            throw RpcErrors.NotFound("result", sourceResultId);
        }

        var laboratories = versions.Select(version => version.Result.Laboratory).Distinct(StringComparer.Ordinal).ToList();
        return laboratories.Count == 1
            ? versions
            : throw RpcErrors.FailedPrecondition(
                "LABORATORY_NEEDED", $"Result '{sourceResultId}' was sent by {string.Join(", ", laboratories)}: name the laboratory.");
    }
}
