using System.Globalization;
using LabServer.Storage;

namespace LabServer.Hosting;

/// <summary>
/// The server depends on no culture, but SqlClient does not connect in a process that has none, as it reads code pages from
/// them. So they are loaded for SQL Server alone: a server on SQLite needs no ICU on its machine, nor memory for it.
/// </summary>
internal static class Cultures
{
    private const string Invariant = "System.Globalization.Invariant";

    /// <summary>To be called before anything else: the runtime looks once, when a culture is first asked for.</summary>
    public static void Choose()
    {
        using (var settings = new ConfigurationManager())
        {
            // What HostingSetup will read; on the command line there is nothing about storage.
            var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";
            settings.SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddJsonFile($"appsettings.{environment}.json", optional: true)
                .AddEnvironmentVariables();
            AppContext.SetSwitch(Invariant, StorageOptions.ProviderIn(settings) != StorageProvider.SqlServer);
        }

        // Nothing that is written or compared here depends on the machine's.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
    }
}
