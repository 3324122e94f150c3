using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using LabServer.Tests.Cli;
using LabServer.Tests.Support;

namespace LabServer.Tests.Pilot;

/// <summary>
/// The CDISC pilot, once through the whole server by the commands an operator would give: imported, pushed, graded, exported.
/// Empty where the files are not there; the tests are then skipped.
/// </summary>
public sealed class PilotStudy : IAsyncLifetime, IAsyncDisposable
{
    public const string LbFile = "data/cdisc-pilot/lb.csv.gz";
    public const string RuleSet = "ctcae-4.03";

    /// <summary>The other published sets that the study is graded under at the same time.</summary>
    public static readonly IReadOnlyList<string> OtherRuleSets = ["ctcae-5.0", "ctcae-6.0", "daids-2.1"];

    private const string StudyId = "CDISCPILOT01";

    private readonly TemporaryFolder _folder = new();
    private ServerFixture? _server;

    /// <summary>Rows of the laboratory file, read here and not by labctl, in the order of the file.</summary>
    public IReadOnlyList<Dictionary<string, string>> Sent { get; private set; } = [];

    /// <summary>Rows of the exported ADLB of results that are in the file.</summary>
    public IReadOnlyList<Dictionary<string, string>> Adlb { get; private set; } = [];

    /// <summary>Rows of the exported ADLB that were computed from others.</summary>
    public IReadOnlyList<Dictionary<string, string>> Derived { get; private set; } = [];

    /// <summary>Day of the first dose by subject, from the exposure file.</summary>
    public IReadOnlyDictionary<string, string> FirstDose { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, long> ImportCounts { get; private set; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> FirstPush { get; private set; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> SecondPush { get; private set; } = new Dictionary<string, long>();

    /// <summary>Counts of a full run after the incremental one.</summary>
    public IReadOnlyDictionary<string, long> FullRun { get; private set; } = new Dictionary<string, long>();

    /// <summary>ADLB with the grades of a rule set.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> Export(string ruleSet)
    {
        var adlb = Path.Combine(_folder.Path, $"adlb-{ruleSet}.csv");
        await Labctl("export", "adlb", "--study", StudyId, "--rule-set", ruleSet, "--out", adlb);
        return Rows(File.OpenRead(adlb));
    }

    /// <summary>A summary as JSON: <c>labctl summary</c> with these words.</summary>
    public async Task<JsonNode> Summary(params string[] words) => (await Labctl(["summary", .. words, "--study", StudyId, "--format", "json"])).Json;

    /// <summary>SDTM LB with the grades of the rule set.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> ExportLb()
    {
        await Labctl("export", "lb", "--study", StudyId, "--rule-set", RuleSet, "--out", ExportedLbPath);
        return Rows(File.OpenRead(ExportedLbPath));
    }

    /// <summary>ADLB of another study of the same subjects, into which the exported LB was pushed.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> PushExportedLb()
    {
        const string Again = "CDISCPILOT01-AGAIN";
        var (folder, adlb) = (Path.GetDirectoryName(SharedData.PathOf(LbFile)!)!, Path.Combine(_folder.Path, "adlb-again.csv"));
        await Labctl("studies", "create", Again, "--rule-sets", RuleSet);
        await Labctl("subjects", "import", Path.Combine(folder, "dm.csv.gz"), "--study", Again, "--exposure", Path.Combine(folder, "ex.csv.gz"));
        await Labctl("results", "push", ExportedLbPath, "--study", Again, "--laboratory", "CENTRAL");
        await Labctl("grading", "run", "--study", Again);
        await Labctl("export", "adlb", "--study", Again, "--rule-set", RuleSet, "--out", adlb);
        return Rows(File.OpenRead(adlb));
    }

    /// <summary>Whether a row of the laboratory file has a plain number for a value.</summary>
    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public async Task InitializeAsync()
    {
        if (SharedData.PathOf(LbFile) is not { } lb)
        {
            return;
        }

        var folder = Path.GetDirectoryName(lb)!;
        var ex = Path.Combine(folder, "ex.csv.gz");
        _server = await ServerFixture.Start();
        await Labctl("studies", "create", StudyId, "--rule-sets", string.Join(',', OtherRuleSets.Prepend(RuleSet)));
        ImportCounts = Counts(await Labctl("subjects", "import", Path.Combine(folder, "dm.csv.gz"), "--study", StudyId, "--exposure", ex, "--format", "json"));
        string[] push = ["results", "push", lb, "--study", StudyId, "--laboratory", "CENTRAL", "--format", "json"];
        FirstPush = Counts(await Labctl(push));
        await Labctl("grading", "run", "--study", StudyId);
        SecondPush = Counts(await Labctl([.. push, "--streams", "4"]));
        FullRun = Counts(await Labctl("grading", "run", "--study", StudyId, "--full", "--format", "json"));
        var rows = await Export(RuleSet);
        Adlb = [.. rows.Where(row => row["DTYPE"].Length == 0)];
        Derived = [.. rows.Where(row => row["DTYPE"].Length > 0)];
        Sent = Rows(new GZipStream(File.OpenRead(lb), CompressionMode.Decompress));
        FirstDose = Rows(new GZipStream(File.OpenRead(ex), CompressionMode.Decompress))
            .Where(row => row["EXSTDTC"].Length > 0)
            .GroupBy(row => row["USUBJID"], row => row["EXSTDTC"][..10])
            .ToDictionary(group => group.Key, group => group.Min(StringComparer.Ordinal)!);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string ExportedLbPath => Path.Combine(_folder.Path, "lb-exported.csv");

    private async Task<LabctlCall> Labctl(params string[] args)
    {
        var call = await LabctlCall.Run(["--server", _server!.GrpcAddress.OriginalString, .. args]);
        Assert.True(call.ExitCode is 0 or 3, $"labctl {string.Join(' ', args)} ended with {call.ExitCode}: {call.Error}");
        return call;
    }

    private static Dictionary<string, long> Counts(LabctlCall call)
    {
        using var json = JsonDocument.Parse(call.Output);
        return json.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt64(out _))
            .ToDictionary(property => property.Name, property => property.Value.GetInt64());
    }

    private static List<Dictionary<string, string>> Rows(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return [.. CsvText.Rows(reader)];
    }
}
