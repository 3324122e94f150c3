using System.Net;
using LabServer.Access;
using Microsoft.Extensions.Options;

namespace LabServer.Hosting;

/// <summary>What no attribute can say of <see cref="ServerOptions"/>: ports that clash, and settings that no stage knows.</summary>
internal sealed class ServerOptionsChecks(IConfiguration configuration, IEnumerable<OptionsSection> sections)
    : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var faults = new List<string>();
        if (options.GrpcPort != 0 && options.GrpcPort == options.HttpPort)
        {
            faults.Add(FormattableString.Invariant($"GrpcPort, HttpPort: both are {options.GrpcPort}; gRPC and HTTP need a port each."));
        }

        faults.AddRange(Listening(options));
        var known = typeof(ServerOptions).GetProperties().Select(property => property.Name)
            .Concat(sections.Select(section => section.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A misspelt setting would otherwise leave a default in force that nobody asked for.
        faults.AddRange(configuration.GetSection(OptionsSection.Root).GetChildren()
            .Where(child => !known.Contains(child.Key))
            .Select(child => $"{child.Key}: there is no such setting. Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Listening(ServerOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out var address))
        {
            yield return $"Address: '{options.Address}' is not an IP address.";
            yield break;
        }

        if (options.CertificateFile.Length > 0 && ServerCertificate.FaultOf(options) is { } fault)
        {
            yield return $"CertificateFile, CertificateKeyFile: {fault}.";
        }

        var access = $"{OptionsSection.Root}:Access:";
        var hasTls = options.CertificateFile.Length > 0;
        if (!IPAddress.IsLoopback(address) && !hasTls && !IsTrue(nameof(AccessOptions.AllowCleartextBeyondLoopback)))
        {
            yield return $"Address: {address} is beyond this machine, and without TLS everybody on the way reads keys and results: "
                + "set CertificateFile, or Access:AllowCleartextBeyondLoopback to true if something in front of the server brings TLS.";
        }

        if (!IPAddress.IsLoopback(address) && configuration[access + nameof(AccessOptions.RequireKey)] is not null && !IsTrue(nameof(AccessOptions.RequireKey)))
        {
            yield return $"Access:RequireKey: calls without a key can be taken on the loopback interface alone, and Address is {address}.";
        }

        bool IsTrue(string setting) => bool.TryParse(configuration[access + setting], out var value) && value;
    }
}
