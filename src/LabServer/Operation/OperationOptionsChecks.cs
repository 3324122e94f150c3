using System.Net;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Operation;

/// <summary>What attributes cannot say of <see cref="OperationOptions"/>.</summary>
internal sealed class OperationOptionsChecks(IConfiguration configuration) : IValidateOptions<OperationOptions>
{
    public ValidateOptionsResult Validate(string? name, OperationOptions options)
    {
        var faults = new List<string>();
        if (Otlp.EndpointOf(configuration) is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            faults.Add($"Operation:OtlpEndpoint: '{endpoint}' is not an address like http://127.0.0.1:4317.");
        }

        // Read by itself: what is wrong with the address is said by its own checks.
        var address = configuration[$"{OptionsSection.Root}:{nameof(ServerOptions.Address)}"];
        if (options.OpenMetrics && address is not null && !(IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip)))
        {
            faults.Add($"Operation:OpenMetrics: metrics can be open on the loopback interface alone, and Address is {address}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
