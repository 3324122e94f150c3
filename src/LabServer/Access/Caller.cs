using Grpc.Core;

namespace LabServer.Access;

/// <summary>Who makes a call, as the access check found.</summary>
internal static class Caller
{
    /// <summary>Sent the administrator's key.</summary>
    public const string Admin = "admin";

    /// <summary>Sent no key.</summary>
    public const string Anonymous = "anonymous";

    private static readonly object Key = new();

    /// <summary>Name of the sender: what is kept as <c>received_from</c>.</summary>
    public static string CallerName(this ServerCallContext context) =>
        context.UserState.TryGetValue(Key, out var name) ? (string)name : Anonymous;

    public static void SetCallerName(this ServerCallContext context, string name) => context.UserState[Key] = name;
}
