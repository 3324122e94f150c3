using LabServer.Core.Access;

namespace LabServer.Access;

/// <summary>What a caller must be permitted for this call. Every RPC has it, or <see cref="OpenAttribute"/>; a test sees to that.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAttribute(Permission permission) : Attribute
{
    /// <summary>The permission.</summary>
    public Permission Permission => permission;
}
