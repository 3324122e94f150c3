using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;

namespace LabServer.Tests.Compat;

/// <summary>
/// One spelling of signatures for both sides: as a binary's metadata has them and as loaded types have them.
/// <c>!0</c> is a type parameter of the type, <c>!!0</c> one of the method.
/// </summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, object?>
{
    public static readonly SignatureText Instance = new();

    public static string Method(
        string type, string name, int typeParameters, string returnType, IEnumerable<string> parameters)
    {
        var generic = typeParameters == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"`{typeParameters}");
        return $"{type}::{returnType} {name}{generic}({string.Join(", ", parameters)})";
    }

    /// <summary>Every member a type has or inherits, spelt under the type's own name as a reference to it would be.</summary>
    public static IEnumerable<string> MembersOf(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var name = NameOf(type);
        foreach (var field in type.GetFields(All).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            yield return $"{name}::field {NameOf(field.FieldType)} {field.Name}";
        }

        foreach (var method in type.GetMethods(All).Where(IsVisible))
        {
            yield return Method(
                name,
                method.Name,
                method.IsGenericMethodDefinition ? method.GetGenericArguments().Length : 0,
                NameOf(method.ReturnType),
                method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
        }

        foreach (var constructor in type.GetConstructors(All).Where(IsVisible))
        {
            yield return Method(
                name,
                constructor.Name,
                0,
                NameOf(typeof(void)),
                constructor.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
        }
    }

    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var reference = reader.GetTypeReference(handle);
        var name = reader.GetString(reference.Name);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return $"{NameOf(reader, (TypeReferenceHandle)reference.ResolutionScope)}+{name}";
        }

        var space = reader.GetString(reference.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string NameOf(Type type)
    {
        if (type.IsGenericMethodParameter)
        {
            return string.Create(CultureInfo.InvariantCulture, $"!!{type.GenericParameterPosition}");
        }

        if (type.IsGenericTypeParameter)
        {
            return string.Create(CultureInfo.InvariantCulture, $"!{type.GenericParameterPosition}");
        }

        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[]";
        }

        if (type.IsByRef)
        {
            return $"{NameOf(type.GetElementType()!)}&";
        }

        return type is { IsGenericType: true, IsGenericTypeDefinition: false }
            ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(",", type.GetGenericArguments().Select(NameOf))}>"
            : type.FullName!;
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.IntPtr => "System.IntPtr",
        PrimitiveTypeCode.UIntPtr => "System.UIntPtr",
        _ => $"System.{typeCode}",
    };

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        NameOf(reader, handle);

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var definition = reader.GetTypeDefinition(handle);
        return $"{reader.GetString(definition.Namespace)}.{reader.GetString(definition.Name)}";
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "method*";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(",", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"!!{index}");

    public string GetGenericTypeParameter(object? genericContext, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"!{index}");
}
