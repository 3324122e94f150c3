using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using LabServer.Api.Reflection.V1;
using LabServer.Health;
using LabServer.Reflection;
using LabServer.Tests.Compat;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static LabServer.Api.Reflection.V1.ServerReflectionResponse;
using V1Alpha = LabServer.Api.Reflection.V1Alpha;

namespace LabServer.Tests.Reflection;

public sealed class ReflectionServiceTests : IAsyncLifetime
{
    private LoopbackServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await LoopbackServer.Start(
            services => services.AddReflection().AddHealth().AddSingleton<EchoService>(),
            routes =>
            {
                routes.MapReflection();
                routes.MapHealth();
                routes.MapGrpcService<EchoService>();
            });

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task ListServices_OfThisServer_AreThoseMapped()
    {
        var answer = await Ask(new ServerReflectionRequest { ListServices = "" });
        Assert.Equal(
            [
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
                "labserver.tests.Echo",
            ],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("labserver.tests.Echo")]
    [InlineData("labserver.tests.Echo.Join")]
    [InlineData("labserver.tests.Words")]
    [InlineData("labserver.tests.Words.text")]
    public async Task FileContainingSymbol_OfEachKind_IsItsFile(string symbol)
    {
        var answer = await Ask(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal(["echo.proto"], FilesIn(answer).Select(file => file.Name));
    }

    [Theory]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("grpc.health.v1.HealthCheckResponse.SERVING")]
    public async Task FileContainingSymbol_OfANestedEnumOrItsValue_IsItsFile(string symbol)
    {
        var answer = await Ask(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal(["grpc/health/v1/health.proto"], FilesIn(answer).Select(file => file.Name));
    }

    /// <summary>A tool builds its own types from the bytes, so they must be complete.</summary>
    [Fact]
    public async Task FileByFilename_OfAServedFile_CanBeBuiltFromTheBytes()
    {
        var answer = await Ask(new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });
        var built = FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(["Check", "Watch"], built.Single().Services.Single().Methods.Select(method => method.Name));
    }

    [Theory]
    [InlineData("labserver/v1/nothing.proto")]
    [InlineData("")]
    public async Task FileByFilename_OfAFileNotServed_IsNotFound(string name) =>
        AssertError(StatusCode.NotFound, await Ask(new ServerReflectionRequest { FileByFilename = name }));

    [Fact]
    public async Task FileContainingSymbol_OfASymbolNotServed_IsNotFound() =>
        AssertError(
            StatusCode.NotFound, await Ask(new ServerReflectionRequest { FileContainingSymbol = "labserver.tests.None" }));

    [Fact]
    public async Task FileContainingExtension_OfOneNotServed_IsNotFound() =>
        AssertError(
            StatusCode.NotFound,
            await Ask(new ServerReflectionRequest
            {
                FileContainingExtension = new ExtensionRequest { ContainingType = "labserver.tests.Words", ExtensionNumber = 7 },
            }));

    [Fact]
    public async Task AllExtensionNumbers_OfAMessage_AreNoneAndOfAnUnknownOneNotFound()
    {
        var answer = await Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "labserver.tests.Words" });
        Assert.Equal("labserver.tests.Words", answer.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(answer.AllExtensionNumbersResponse.ExtensionNumber);
        AssertError(
            StatusCode.NotFound,
            await Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "labserver.tests.Echo" }));
    }

    [Fact]
    public async Task Request_ThatAsksNothing_IsAnErrorAndTheNextIsAnswered()
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel).ServerReflectionInfo();
        AssertError(StatusCode.InvalidArgument, await Ask(call, new ServerReflectionRequest()));
        var next = await Ask(call, new ServerReflectionRequest { ListServices = "", Host = "lab.example" });
        Assert.Equal(MessageResponseOneofCase.ListServicesResponse, next.MessageResponseCase);
        Assert.Equal("lab.example", next.ValidHost);
        Assert.Equal("lab.example", next.OriginalRequest.Host);
    }

    [Theory]
    [InlineData("labserver.tests.Echo")]
    [InlineData("labserver.tests.None")]
    public async Task Version1Alpha_AskedTheSame_AnswersTheSameBytes(string symbol)
    {
        using var call = new V1Alpha.ServerReflection.ServerReflectionClient(_server.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new V1Alpha.ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var expected = await Ask(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal(expected.ToByteString(), call.ResponseStream.Current.ToByteString());
    }

    private static IEnumerable<FileDescriptorProto> FilesIn(ServerReflectionResponse answer) =>
        answer.FileDescriptorResponse.FileDescriptorProto.Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes));

    private static void AssertError(StatusCode code, ServerReflectionResponse answer)
    {
        Assert.Equal(MessageResponseOneofCase.ErrorResponse, answer.MessageResponseCase);
        Assert.Equal((int)code, answer.ErrorResponse.ErrorCode);
        Assert.NotEmpty(answer.ErrorResponse.ErrorMessage);
    }

    private static async Task<ServerReflectionResponse> Ask(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(request, call.ResponseStream.Current.OriginalRequest);
        return call.ResponseStream.Current;
    }

    private async Task<ServerReflectionResponse> Ask(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel).ServerReflectionInfo();
        return await Ask(call, request);
    }
}
