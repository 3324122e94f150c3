using System.Globalization;

namespace Microsoft.SqlServer.Server;

/// <summary>A type was used as a user-defined type and cannot be one.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message)
        : base(message)
    {
    }

    // SqlClient asks for this factory by name, through reflection.
    internal static InvalidUdtException Create(Type udtType, string resourceReason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{udtType.FullName}' is not a user-defined type: {resourceReason}"));
}
