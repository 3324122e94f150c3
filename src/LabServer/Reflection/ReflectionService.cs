using Grpc.Core;
using LabServer.Access;
using LabServer.Api.Reflection.V1;

namespace LabServer.Reflection;

/// <summary>Reflection, version 1.</summary>
[Open]
internal sealed class ReflectionService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(answers.Answer(request), context.CancellationToken);
        }
    }
}
