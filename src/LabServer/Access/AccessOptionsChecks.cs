using Microsoft.Extensions.Options;

namespace LabServer.Access;

/// <summary>What no attribute can say of <see cref="AccessOptions"/>.</summary>
internal sealed class AccessOptionsChecks : IValidateOptions<AccessOptions>
{
    private const int HashLength = 64;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> faults = [.. Of(options.Jwt), .. options.ClientCertificates.SelectMany(Of)];
        if (options.ClientCertificates.GroupBy(known => known.Sha256, StringComparer.OrdinalIgnoreCase).Any(group => group.Count() > 1))
        {
            faults.Add("Access:ClientCertificates: a certificate is there twice.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Of(JwtOptions jwt)
    {
        if (!jwt.IsSet)
        {
            yield break;
        }

        if (jwt.Issuer.Length == 0 || jwt.Audience.Length == 0 || jwt.KeyFiles.Count == 0)
        {
            yield return "Access:Jwt: Issuer, Audience and KeyFiles go together.";
        }

        foreach (var fault in jwt.KeyFiles.Select(file => PublicKeyFile.Read(file).Fault).OfType<string>())
        {
            yield return $"Access:Jwt:KeyFiles: {fault}.";
        }
    }

    private static IEnumerable<string> Of(CertificateCallerOptions known, int place)
    {
        if (known.Sha256.Length != HashLength || !known.Sha256.All(char.IsAsciiHexDigit))
        {
            yield return FormattableString.Invariant($"Access:ClientCertificates:{place}:Sha256: must be {HashLength} hexadecimal digits.");
        }

        if (known.Name.Length == 0 || CertificateCallers.Of(known) is null)
        {
            yield return FormattableString.Invariant(
                $"Access:ClientCertificates:{place}: needs a Name, a Role other than admin, and Laboratories if and only if that is laboratory.");
        }
    }
}
