using System.Globalization;
using System.Reflection;

namespace LabServer.Hosting;

/// <summary>What the server was called with: settings, or a wish to read something, or a fault.</summary>
internal sealed record CommandLine
{
    /// <summary>How the server is called.</summary>
    public const string Usage = """
        Usage: labserver [--data DIR] [--grpc-port N] [--http-port N]

          --data DIR      Folder of everything the server keeps (default ./data).
          --grpc-port N   Port of gRPC over HTTP/2 (default 5001; 0 takes a free one).
          --http-port N   Port of HTTP/1.1 (default 5000; 0 takes a free one).
          --help          Shows this.
          --version       Shows the version.

        Every setting can also be given in appsettings.json (section LabServer) or in the environment
        (LABSERVER__DATA, LABSERVER__GRPCPORT, LABSERVER__JOBS__INCREMENTALINTERVAL, ...); the command line wins.
        It listens on 127.0.0.1 unless Address says otherwise; CertificateFile and CertificateKeyFile bring TLS.
        Operation:LogFormat=json writes the log for a collector; docs/operations.md lists all settings.
        The addresses in use are in DIR/endpoints.json, the administrator's key in DIR/admin.key.
        """;

    /// <summary>Settings by name: <c>LabServer:GrpcPort</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Text that was asked for instead of serving; null: none.</summary>
    public string? Text { get; init; }

    /// <summary>What is wrong with the call; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads the arguments. Both <c>--data DIR</c> and <c>--data=DIR</c> are understood.</summary>
    public static CommandLine Read(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (option, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            if (option is "--help" or "-h" or "--version" && value is null)
            {
                return new CommandLine { Text = option == "--version" ? Version : Usage };
            }

            if (SettingOf(option) is not { } setting)
            {
                return new CommandLine { Fault = $"There is no option '{option}'." };
            }

            value ??= ++i < args.Count ? args[i] : "";
            if (value.Length == 0 || value.StartsWith("--", StringComparison.Ordinal))
            {
                return new CommandLine { Fault = $"The option '{option}' needs a value." };
            }

            if (option != "--data" && !ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return new CommandLine { Fault = $"'{value}' is not a port: {option} takes a number from 0 to 65535." };
            }

            if (!settings.TryAdd(setting, value))
            {
                return new CommandLine { Fault = $"The option '{option}' is given twice." };
            }
        }

        return new CommandLine { Settings = settings };
    }

    private static string? SettingOf(string option) => option switch
    {
        "--data" => $"{OptionsSection.Root}:{nameof(ServerOptions.Data)}",
        "--grpc-port" => $"{OptionsSection.Root}:{nameof(ServerOptions.GrpcPort)}",
        "--http-port" => $"{OptionsSection.Root}:{nameof(ServerOptions.HttpPort)}",
        _ => null,
    };
}
