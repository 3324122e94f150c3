namespace Microsoft.SqlServer.Server;

/// <summary>A type was used as a user-defined type and cannot be one.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one for <paramref name="udtType"/>.</summary>
    /// <param name="udtType">The type used.</param>
    /// <param name="resourceReason">Why it cannot be one.</param>
    public static InvalidUdtException Create(Type udtType, string resourceReason) =>
        new($"'{udtType.FullName}' is not a user-defined type: {resourceReason}");
}
