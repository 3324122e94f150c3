using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace LabServer.Reflection;

/// <summary>
/// The gRPC services mapped in this process, and the proto files that declare them with all they import. Read from the
/// endpoints, so that a service cannot be mapped and missing here.
/// </summary>
internal sealed class ServedSchema(EndpointDataSource endpoints)
{
    private readonly Lazy<SchemaIndex> _index = new(() => new SchemaIndex(ServicesOf(endpoints)));

    /// <summary>Full names of the services, sorted.</summary>
    public IReadOnlyList<string> Services => _index.Value.Services;

    /// <summary>The file of that name; null where there is none.</summary>
    public FileDescriptor? File(string name) => _index.Value.Files.GetValueOrDefault(name);

    /// <summary>The file that declares something of that full name; null where there is none.</summary>
    public FileDescriptor? FileOf(string symbol) => _index.Value.Symbols.GetValueOrDefault(symbol)?.File;

    /// <summary>The message of that full name; null where there is none.</summary>
    public MessageDescriptor? Message(string fullName) =>
        _index.Value.Symbols.GetValueOrDefault(fullName) as MessageDescriptor;

    /// <summary>The extensions of a message, by field number.</summary>
    public IEnumerable<FieldDescriptor> Extensions(string message) =>
        _index.Value.Extensions.Where(extension => extension.ExtendeeType.FullName == message)
            .OrderBy(extension => extension.FieldNumber);

    private static IEnumerable<ServiceDescriptor> ServicesOf(EndpointDataSource endpoints) =>
        endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(DescriptorOf)
            .OfType<ServiceDescriptor>();

    // Generated code puts the descriptor beside the method that binds the service.
    private static ServiceDescriptor? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
