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

        var known = typeof(ServerOptions).GetProperties().Select(property => property.Name)
            .Concat(sections.Select(section => section.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A misspelt setting would otherwise leave a default in force that nobody asked for.
        faults.AddRange(configuration.GetSection(OptionsSection.Root).GetChildren()
            .Where(child => !known.Contains(child.Key))
            .Select(child => $"{child.Key}: there is no such setting. Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
