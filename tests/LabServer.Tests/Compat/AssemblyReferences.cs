using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LabServer.Tests.Compat;

/// <summary>What a binary references in another assembly, as its metadata tables say it.</summary>
internal sealed class AssemblyReferences : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly string _target;

    /// <param name="path">The binary.</param>
    /// <param name="target">Simple name of the referenced assembly.</param>
    public AssemblyReferences(string path, string target)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        _target = target;
    }

    /// <summary>Version and public key token by which the target is referenced.</summary>
    public string Identity =>
        _metadata.AssemblyReferences.Select(_metadata.GetAssemblyReference)
            .Where(reference => _metadata.GetString(reference.Name) == _target)
            .Select(reference => reference.GetAssemblyName().FullName)
            .Single();

    /// <summary>Names of the types, nested ones as <c>Outer+Inner</c>.</summary>
    public IReadOnlyList<string> Types =>
        [.. _metadata.TypeReferences.Where(IsOfTarget).Select(handle => SignatureText.NameOf(_metadata, handle)).Order()];

    /// <summary>Members as <c>Type::ReturnType Name(Parameters)</c> or <c>Type::field FieldType Name</c>.</summary>
    public IReadOnlyList<string> Members =>
        [.. _metadata.MemberReferences.Select(_metadata.GetMemberReference).Select(Describe).OfType<string>().Distinct().Order()];

    public void Dispose() => _file.Dispose();

    private string? Describe(MemberReference member)
    {
        var parent = member.Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            parent = DefinitionOf((TypeSpecificationHandle)parent);
        }

        if (parent.Kind != HandleKind.TypeReference || !IsOfTarget((TypeReferenceHandle)parent))
        {
            return null;
        }

        var type = SignatureText.NameOf(_metadata, (TypeReferenceHandle)parent);
        var name = _metadata.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return $"{type}::field {member.DecodeFieldSignature(SignatureText.Instance, null)} {name}";
        }

        var signature = member.DecodeMethodSignature(SignatureText.Instance, null);
        return SignatureText.Method(
            type, name, signature.GenericParameterCount, signature.ReturnType, signature.ParameterTypes);
    }

    // The definition under a constructed generic type: GENERICINST, CLASS or VALUETYPE, then the type.
    private EntityHandle DefinitionOf(TypeSpecificationHandle handle)
    {
        var blob = _metadata.GetBlobReader(_metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        blob.ReadCompressedInteger();
        return blob.ReadTypeHandle();
    }

    private bool IsOfTarget(TypeReferenceHandle handle)
    {
        var scope = _metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOfTarget((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference =>
                _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == _target,
            _ => false,
        };
    }
}
