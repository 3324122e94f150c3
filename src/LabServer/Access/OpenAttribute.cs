namespace LabServer.Access;

/// <summary>Answered without a key: what a load balancer or a debugging client asks before it has one. Nothing of a study.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OpenAttribute : Attribute;
