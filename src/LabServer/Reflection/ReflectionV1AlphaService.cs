using Google.Protobuf;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.Reflection.V1Alpha;
using V1 = LabServer.Api.Reflection.V1;

namespace LabServer.Reflection;

/// <summary>
/// Reflection as older tools speak it. Its messages have the same bytes as those of version 1, so the bytes are what
/// is passed between the two.
/// </summary>
[Open]
internal sealed class ReflectionV1AlphaService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = answers.Answer(V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            await responseStream.WriteAsync(
                ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()), context.CancellationToken);
        }
    }
}
