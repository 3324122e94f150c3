using Google.Protobuf.Reflection;
using Grpc.Core;
using LabServer.Api.Reflection.V1;
using static LabServer.Api.Reflection.V1.ServerReflectionRequest;

namespace LabServer.Reflection;

/// <summary>Answers one question of the reflection protocol. What cannot be answered is an error response, never a failed call.</summary>
internal sealed class ReflectionAnswers(ServedSchema schema)
{
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = request.MessageRequestCase switch
        {
            MessageRequestOneofCase.ListServices => Services(),
            MessageRequestOneofCase.FileByFilename =>
                File(schema.File(request.FileByFilename), request.FileByFilename),
            MessageRequestOneofCase.FileContainingSymbol =>
                File(schema.FileOf(request.FileContainingSymbol), request.FileContainingSymbol),
            MessageRequestOneofCase.FileContainingExtension => Extension(request.FileContainingExtension),
            MessageRequestOneofCase.AllExtensionNumbersOfType => Extensions(request.AllExtensionNumbersOfType),
            _ => Error(StatusCode.InvalidArgument, "The request asks nothing this server knows."),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private ServerReflectionResponse Services()
    {
        var services = new ListServiceResponse();
        services.Service.AddRange(schema.Services.Select(name => new ServiceResponse { Name = name }));
        return new ServerReflectionResponse { ListServicesResponse = services };
    }

    private static ServerReflectionResponse File(FileDescriptor? file, string asked)
    {
        if (file is null)
        {
            return NotFound(asked);
        }

        var files = new FileDescriptorResponse();
        AddWithImports(file, files, []);
        return new ServerReflectionResponse { FileDescriptorResponse = files };
    }

    private ServerReflectionResponse Extension(ExtensionRequest asked) =>
        File(
            schema.Extensions(asked.ContainingType)
                .FirstOrDefault(extension => extension.FieldNumber == asked.ExtensionNumber)?.File,
            FormattableString.Invariant($"{asked.ContainingType} {asked.ExtensionNumber}"));

    private ServerReflectionResponse Extensions(string message)
    {
        if (schema.Message(message) is null)
        {
            return NotFound(message);
        }

        var numbers = new ExtensionNumberResponse { BaseTypeName = message };
        numbers.ExtensionNumber.AddRange(schema.Extensions(message).Select(extension => extension.FieldNumber));
        return new ServerReflectionResponse { AllExtensionNumbersResponse = numbers };
    }

    private static void AddWithImports(FileDescriptor file, FileDescriptorResponse files, HashSet<string> added)
    {
        if (!added.Add(file.Name))
        {
            return;
        }

        files.FileDescriptorProto.Add(file.SerializedData);
        foreach (var import in file.Dependencies)
        {
            AddWithImports(import, files, added);
        }
    }

    private static ServerReflectionResponse NotFound(string asked) =>
        Error(StatusCode.NotFound, $"{asked} is not served here.");

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };
}
