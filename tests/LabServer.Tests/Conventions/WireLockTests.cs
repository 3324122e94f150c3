using Google.Protobuf.Reflection;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Conventions;

/// <summary>
/// protos/wire.lock lists every released field, enum value and method. A line may be added, never changed or taken away.
/// To add what is new: run this test with LABSERVER_WRITE_WIRE_LOCK=1 and commit the file.
/// </summary>
public sealed class WireLockTests
{
    private static readonly string LockFile = Checkout.PathOf("protos", "wire.lock");

    [Fact]
    public void Wire_ComparedWithTheLock_HasOnlyAdditions()
    {
        var now = Describe().ToList();
        if (Environment.GetEnvironmentVariable("LABSERVER_WRITE_WIRE_LOCK") == "1")
        {
            File.WriteAllLines(LockFile, now);
        }

        var locked = File.ReadAllLines(LockFile);

        Assert.Empty(locked.Except(now));
        Assert.Empty(now.Except(locked));
    }

    private static IEnumerable<string> Describe() => typeof(LabResult).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(LabResult).Namespace && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
        .SelectMany(Describe)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Describe(FileDescriptor file) =>
    [
        .. file.MessageTypes.SelectMany(Describe),
        .. file.EnumTypes.SelectMany(type => type.Values.Select(value => $"enum {type.FullName}.{value.Name} = {value.Number}")),
        .. file.Services.SelectMany(service => service.Methods.Select(Describe)),
    ];

    private static IEnumerable<string> Describe(MessageDescriptor message) =>
    [
        .. message.Fields.InDeclarationOrder().Select(field =>
            $"field {message.FullName}.{field.Name} = {field.FieldNumber} {(field.IsRepeated ? "repeated " : field.HasPresence ? "optional " : "")}{Type(field)}"),
        .. message.NestedTypes.SelectMany(Describe),
    ];

    private static string Type(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };

    private static string Describe(MethodDescriptor method) =>
        $"rpc {method.FullName} ({(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName}) "
        + $"returns ({(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName})";
}
