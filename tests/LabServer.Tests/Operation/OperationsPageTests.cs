using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using LabServer.Hosting;
using LabServer.Tests.Support;

namespace LabServer.Tests.Operation;

/// <summary>docs/operations.md against what the server really has.</summary>
public sealed class OperationsPageTests(MeteredServer metered) : IClassFixture<MeteredServer>
{
    [Fact]
    public void Settings_OfEveryStage_StandInTheTableWithTheirDefaults()
    {
        var listed = Rows("settings").Select(cells => $"{cells[0]} = {cells[1]}");

        Assert.Equal(Settings().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Metrics_EveryInstrument_StandsInTheTableWithItsNameInPrometheus()
    {
        var instruments = metered.Readings.Instruments.Values.Select(instrument => $"{instrument.Name} = {Prometheus(instrument)}");

        Assert.Equal(instruments.Order(StringComparer.Ordinal), Rows("metrics").Select(cells => $"{cells[0]} = {cells[1]}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string[]> Rows(string table) => Part(table).Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim().Trim('`')).ToArray());

    private static string Part(string table) =>
        Between(table).Match(File.ReadAllText(Checkout.PathOf("docs", "operations.md"))) is { Success: true } found
            ? found.Value
            : throw new InvalidOperationException($"docs/operations.md has no table of {table}.");

    private static Regex Between(string table) => new($"<!-- {table} -->.*<!-- /{table} -->", RegexOptions.Singleline);

    /// <summary>What the exporter makes of a name: dots become underscores, and the unit and _total stand behind it.</summary>
    private static string Prometheus(System.Diagnostics.Metrics.Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (instrument is System.Diagnostics.Metrics.Counter<long> ? "_total" : "");
    }

    private static IEnumerable<string> Settings() => typeof(ServerOptions).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal))
        .SelectMany(type => type.GetProperties()
            // What cannot be set is no setting; a section within the section has a class of its own.
            .Where(property => property.CanWrite && !property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal)
                && property.PropertyType.GenericTypeArguments.All(inner => !inner.Name.EndsWith("Options", StringComparison.Ordinal)))
            .Select(property => $"LabServer:{Section(type.Name)}{property.Name} = {Text(property.GetValue(Activator.CreateInstance(type)))}"));

    private static string Section(string type) => type switch
    {
        nameof(ServerOptions) => "",
        nameof(LabServer.Access.JwtOptions) => "Access:Jwt:",
        nameof(LabServer.Access.CertificateCallerOptions) => "Access:ClientCertificates:N:",
        _ => type[..^"Options".Length] + ":",
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
