using LabServer.Core.Audit;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Access;

/// <summary>What is wrong with a key that somebody wants made. All faults at once.</summary>
public static class ApiKeyChecks
{
    private const int LongestName = 64;
    private const int MostScopes = 200;

    /// <summary>Checks a key; field names are those of CreateKeyRequest.</summary>
    public static IReadOnlyList<Fault> Check(ApiKey key, long nowUs)
    {
        List<Fault> faults = [];
        // No colon: callers that come with a token or a certificate have one in their names.
        if (key.Name.Length is 0 or > LongestName || !key.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'))
        {
            faults.Add(new Fault(FaultCode.KeyNameInvalid, "name", $"must be 1 to {LongestName} letters, digits, dots, underscores and hyphens"));
        }
        else if (new[] { Caller.AdminName, Caller.AnonymousName }.Contains(key.Name, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add(new Fault(FaultCode.KeyNameInvalid, "name", $"'{key.Name}' is the server's own"));
        }

        if (!RolePermissions.Roles.Contains(key.Role))
        {
            faults.Add(new Fault(FaultCode.RoleUnknown, "role", $"must be one of {string.Join(", ", RolePermissions.Roles.Select(role => role.Word()))}"));
        }

        if (key.Studies.Count > MostScopes || key.Studies.Any(study => study.Length == 0) || (key.Role == Role.Admin && key.Studies.Count > 0))
        {
            faults.Add(new Fault(FaultCode.KeyScopeInvalid, "studies", key.Role == Role.Admin
                ? "an administrator cannot be limited to studies"
                : $"must be at most {MostScopes} study ids"));
        }

        if ((key.Role == Role.Laboratory) != (key.Laboratories.Count > 0))
        {
            faults.Add(new Fault(FaultCode.KeyScopeInvalid, "laboratories", key.Role == Role.Laboratory
                ? "must name the laboratories that the key is for"
                : "only a key of the role laboratory is for laboratories"));
        }
        else if (key.Laboratories.Count > MostScopes || key.Laboratories.Any(laboratory => NameChecks.FaultOfLaboratory(laboratory) is not null))
        {
            faults.Add(new Fault(FaultCode.KeyScopeInvalid, "laboratories", $"must be at most {MostScopes} names of laboratories"));
        }

        faults.AddRange(CheckUnblinding(key));
        if (key.ExpiresUs <= nowUs)
        {
            faults.Add(new Fault(FaultCode.KeyExpiryPast, "expires_at", "must be in the future"));
        }

        return faults;
    }

    /// <summary>Checks the reason of an act of unblinding, or of another that needs one.</summary>
    public static Fault? CheckReason(string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > Author.LongestReason || reason.Any(char.IsControl)
            ? new Fault(FaultCode.ReasonInvalid, "reason", $"must be 1 to {Author.LongestReason} characters without control characters")
            : null;

    private static IEnumerable<Fault> CheckUnblinding(ApiKey key)
    {
        if (key.UnblindedStudies.Count > 0 && !RolePermissions.CanBeUnblinded(key.Role))
        {
            yield return new Fault(FaultCode.UnblindingInvalid, "unblinded_studies", $"the role {key.Role.Word()} cannot be granted to see arms");
        }
        else if (key.Studies.Count > 0 && key.UnblindedStudies.Except(key.Studies, StringComparer.Ordinal).Any())
        {
            yield return new Fault(FaultCode.UnblindingInvalid, "unblinded_studies", "must be among the studies of the key");
        }
        else if (key.UnblindedStudies.Count > MostScopes || key.UnblindedStudies.Any(study => study.Length == 0))
        {
            yield return new Fault(FaultCode.UnblindingInvalid, "unblinded_studies", $"must be at most {MostScopes} study ids");
        }

        if ((key.UnblindedStudies.Count > 0 || key.Reason.Length > 0) && CheckReason(key.Reason) is { } fault)
        {
            yield return fault;
        }
    }
}
