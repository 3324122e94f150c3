using Grpc.Core;
using LabServer.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Studies;
using V1 = LabServer.Api.V1;

namespace LabServer.Ingestion;

/// <summary>Takes in one batch, from either RPC: checks it as a whole, checks its results, stores them.</summary>
internal sealed class ResultIntake(StudyLookup lookup, ResultStore results, CurrentCatalogue catalogue, Dialect dialect, TimeProvider time)
{
    /// <summary>Most results of one batch.</summary>
    public const int MaximumResults = 5_000;

    /// <summary>
    /// Checks the batch and hands it to the writer; the task ends when it is durable. A batch that is wrong as a whole
    /// throws before anything of it is stored.
    /// </summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, NOT_FOUND or PERMISSION_DENIED, see the proto.</exception>
    public Task<ResultOutcome[]> Take(
        ServerCallContext call, string studyId, string laboratory, IReadOnlyList<V1.LabResult> messages, CancellationToken cancellation)
    {
        CheckBatch(studyId, laboratory, messages.Count);
        var study = lookup.Find(call, studyId);
        if (!call.Caller().IsOf(laboratory))
        {
            throw RpcErrors.PermissionDenied("LABORATORY_NOT_OF_KEY", "Your key does not send results of this laboratory.");
        }

        var context = new CheckContext(time, study.Zone(), catalogue.Value) { RefusesBlanksAtTheEnd = dialect.IgnoresBlanksAtTheEnd };
        var batch = new ResultBatch(
            study,
            laboratory,
            call.CallerName(),
            context,
            [.. messages.Select(message => ResultChecks.Check(ResultMapping.ToResult(message, studyId, laboratory), context))]);
        return results.Append(batch, cancellation);
    }

    private static void CheckBatch(string studyId, string laboratory, int count)
    {
        var violations = new List<(string Field, string Description)>();
        if (studyId.Length == 0)
        {
            violations.Add(("study_id", "is required"));
        }

        if (NameChecks.FaultOfLaboratory(laboratory) is { } fault)
        {
            violations.Add(("laboratory", fault));
        }

        if (count > MaximumResults)
        {
            violations.Add(("results", $"holds {count}, at most {MaximumResults} are taken in one batch"));
        }

        if (violations.Count > 0)
        {
            throw RpcErrors.InvalidArgument("BATCH_INVALID", violations);
        }
    }
}
