using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace LabServer.Reflection;

/// <summary>Everything that the files of some services, and those they import, declare.</summary>
internal sealed class SchemaIndex
{
    public SchemaIndex(IEnumerable<ServiceDescriptor> services)
    {
        var all = services.ToArray();
        Services = [.. all.Select(service => service.FullName).Order(StringComparer.Ordinal)];
        foreach (var service in all)
        {
            Add(service.File);
        }
    }

    public IReadOnlyList<string> Services { get; }

    public Dictionary<string, FileDescriptor> Files { get; } = [];

    public Dictionary<string, IDescriptor> Symbols { get; } = [];

    public List<FieldDescriptor> Extensions { get; } = [];

    private void Add(FileDescriptor file)
    {
        if (!Files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var service in file.Services)
        {
            Add(service);
            Add(service.Methods);
        }

        foreach (var message in file.MessageTypes)
        {
            AddMessage(message);
        }

        AddEnums(file.EnumTypes);
        AddExtensions(file.Extensions);
        foreach (var import in file.Dependencies)
        {
            Add(import);
        }
    }

    private void AddMessage(MessageDescriptor message)
    {
        Add(message);
        Add(message.Fields.InDeclarationOrder());
        Add(message.Oneofs);
        AddEnums(message.EnumTypes);
        AddExtensions(message.Extensions);
        foreach (var nested in message.NestedTypes)
        {
            AddMessage(nested);
        }
    }

    private void AddEnums(IEnumerable<EnumDescriptor> enums)
    {
        foreach (var type in enums)
        {
            Add(type);
            // Protobuf names a value beside its enum, not inside; the library names it inside.
            var scope = type.FullName[..^type.Name.Length];
            foreach (var value in type.Values)
            {
                Symbols.TryAdd(scope + value.Name, value);
            }
        }
    }

    private void AddExtensions(ExtensionCollection? extensions)
    {
        var declared = extensions?.UnorderedExtensions ?? [];
        Extensions.AddRange(declared);
        Add(declared);
    }

    private void Add(IEnumerable<IDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            Add(descriptor);
        }
    }

    private void Add(IDescriptor descriptor) => Symbols.TryAdd(descriptor.FullName, descriptor);
}
