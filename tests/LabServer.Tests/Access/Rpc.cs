using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api;
using LabServer.Core.Access;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Access;

/// <summary>An RPC of the server, found among its endpoints, so that a new one is in every test of access by itself.</summary>
/// <param name="Method">The descriptor of its proto.</param>
/// <param name="Needs">What a caller must be permitted.</param>
internal sealed record Rpc(MethodDescriptor Method, Permission Needs)
{
    private static readonly Dictionary<string, Google.Protobuf.Reflection.ServiceDescriptor> Services = typeof(Api.V1.StudiesReflection).Assembly.GetTypes()
        .Where(type => type is { Namespace: "LabServer.Api.V1", IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
        .SelectMany(file => file.Services)
        .ToDictionary(service => service.FullName);

    /// <summary>The name of its method.</summary>
    public string Name => Method.Name;

    /// <summary>Every RPC of labserver.v1 that the server serves.</summary>
    public static IReadOnlyList<Rpc> All(ServerFixture server) =>
        [.. EndpointsOf(server)
            .Select(endpoint => (Method: endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method, Needs: endpoint.Metadata.GetMetadata<NeedsAttribute>()))
            .Where(entry => entry.Method is not null && Services.ContainsKey(entry.Method.ServiceName))
            .Select(entry => new Rpc(Services[entry.Method!.ServiceName].FindMethodByName(entry.Method.Name), entry.Needs!.Permission))
            .OrderBy(rpc => rpc.Method.FullName, StringComparer.Ordinal)];

    /// <summary>Everything that the server answers.</summary>
    public static IEnumerable<Endpoint> EndpointsOf(ServerFixture server) =>
        server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints);

    /// <summary>An empty request.</summary>
    public IMessage Request() => Method.InputType.Parser.ParseFrom(ByteString.Empty);

    /// <summary>A request about a study, with some text in each field that may be required; null: it is about no one study.</summary>
    public IMessage? RequestOf(string studyId)
    {
        var request = Request();
        if (Method.InputType.FindFieldByName("study_id") is not { } study)
        {
            return null;
        }

        foreach (var field in Method.InputType.Fields.InDeclarationOrder())
        {
            if (field is { FieldType: FieldType.String, IsRepeated: false } && !Left.Contains(field.Name))
            {
                field.Accessor.SetValue(request, field.Name switch
                {
                    "job" => "grading-incremental",
                    "rule_set_id" or "rule_set_a" => "ctcae-5.0",
                    "rule_set_b" => "ctcae-4.03",
                    "test" => "ALT",
                    _ => "x",
                });
            }
        }

        study.Accessor.SetValue(request, studyId);
        return request;
    }

    /// <summary>
    /// Calls it with one request over the wire, and reads to the end or to the bound: what came, as bytes of messages, and the
    /// status with its details, as text.
    /// </summary>
    public async Task<Outcome> Call(ServerFixture server, string? key, IMessage request, int atMost = int.MaxValue)
    {
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, Method.Service.FullName, Method.Name, bytes, bytes);
        using var channel = key is null ? server.OpenKeylessChannel() : server.OpenChannel(key: key);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: bound.Token));
        var messages = new List<byte[]>();
        try
        {
            try
            {
                await call.RequestStream.WriteAsync(request.ToByteArray(), bound.Token);
                await call.RequestStream.CompleteAsync();
            }
            catch (Exception exception) when (exception is RpcException or InvalidOperationException)
            {
                // Refused before it was read: the answer says why.
            }

            while (messages.Count < atMost && await call.ResponseStream.MoveNext(bound.Token))
            {
                messages.Add(call.ResponseStream.Current);
            }

            return new Outcome(messages, StatusCode.OK, "", "", "");
        }
        catch (RpcException refused)
        {
            var fault = RpcFault.Read(refused);
            var details = refused.Trailers.GetValueBytes(RpcFault.DetailsTrailer) ?? [];
            return new Outcome(messages, fault.Code, fault.Reason, refused.Status.Detail, Encoding.UTF8.GetString(details));
        }
    }

    private static readonly HashSet<string> Left = ["page_token", "cursor", "split_by", "visit", "term", "expected_fingerprint", "report_cron"];

    public override string ToString() => Method.FullName;
}

/// <summary>What came of a call.</summary>
internal sealed record Outcome(IReadOnlyList<byte[]> Messages, StatusCode Code, string Reason, string Message, string Details)
{
    /// <summary>All of it, to compare.</summary>
    public string Text => $"{Code} {Reason} {Message} {Details}\n{string.Join('\n', Messages.Select(Convert.ToHexString))}";
}
