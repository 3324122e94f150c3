using LabServer.Core.Access;

namespace LabServer.Access;

/// <summary>Callers that are not of a key: what a token, or the settings of a certificate, say of them.</summary>
internal static class CallerClaims
{
    private const string AllStudies = "*";

    /// <summary>
    /// The caller; null: what is said makes none. Never an administrator and never one that sees arms, as both are granted on
    /// this server; and of no study unless some, or <c>*</c>, are named.
    /// </summary>
    public static Caller? Read(string name, string? role, IReadOnlyCollection<string> studies, IReadOnlyCollection<string> laboratories)
    {
        if (RolePermissions.Read(role ?? "") is not { } known || known == Role.Admin || (known == Role.Laboratory) != (laboratories.Count > 0))
        {
            return null;
        }

        return new Caller(name, known)
        {
            Studies = studies.Contains(AllStudies) ? null : studies.ToHashSet(StringComparer.Ordinal),
            Laboratories = known == Role.Laboratory ? laboratories.ToHashSet(StringComparer.Ordinal) : null,
        };
    }
}
