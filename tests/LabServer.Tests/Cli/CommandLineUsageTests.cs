using System.Net;
using System.Net.Sockets;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

/// <summary>Exit codes 2 (usage) and 4 (not reachable), which scripts tell apart.</summary>
public sealed class CommandLineUsageTests
{
    [Theory]
    [InlineData("", "command")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("studies create", "STUDY")]
    [InlineData("studies add-rule-sets S", "--rule-sets")]
    [InlineData("studies list --format xml", "--format: xml")]
    [InlineData("results push", "--study")]
    [InlineData("results push f.csv --study S --laboratory L --batch-size 5001", "--batch-size")]
    [InlineData("results push f.csv --study S --laboratory L --streams 0", "--streams")]
    [InlineData("results list --study S --limit 0", "--limit")]
    [InlineData("results list --study S --limit x", "--limit")]
    [InlineData("adverse-events list --study S --minimum-grade 6", "--minimum-grade")]
    [InlineData("adverse-events list --study S --review-state seen", "--review-state")]
    [InlineData("adverse-events watch --study S --cursor c --from-now", "--cursor")]
    [InlineData("adverse-events watch --study S --cursor c --cursor-file f", "--cursor")]
    [InlineData("adverse-events watch --study S --limit 0", "--limit")]
    [InlineData("adverse-events review AE-1 --study S --outcome fatal", "--relatedness")]
    [InlineData("adverse-events review AE-1 --study S --relatedness related --outcome fatal", "--relatedness")]
    [InlineData("adverse-events review AE-1 --study S --relatedness possible --outcome better", "--outcome")]
    [InlineData("adverse-events review AE-1 --study S --relatedness possible --outcome fatal --serious perhaps", "--serious")]
    [InlineData("adverse-events report --study S --subject 1 --term Cough --soc R --onset 2021", "--grade")]
    [InlineData("adverse-events report --study S --subject 1 --term Cough --soc R --onset 2021 --grade 6", "--grade")]
    [InlineData("adverse-events amend AR-1 --study S --grade 0", "--grade")]
    [InlineData("adverse-events withdraw --study S", "EVENT")]
    [InlineData("adverse-events import --study S", "FILE")]
    [InlineData("adverse-events show --study S", "EVENT")]
    [InlineData("adverse-events hys-law", "--study")]
    [InlineData("alerts list --study S --state seen", "--state")]
    [InlineData("alerts acknowledge --study S", "ALERT")]
    [InlineData("alerts acknowledge AL-1 --study S --changed-at yesterday", "--changed-at")]
    [InlineData("grading explain --study S --result R", "--rule-set")]
    [InlineData("export adlb --study S --rule-set ctcae-5.0", "--out")]
    [InlineData("summary biomarkers --study S", "--test")]
    [InlineData("summary biomarkers --study S --test ALT --measure delta", "--measure: delta")]
    [InlineData("summary biomarkers --study S --test ALT --bound zero", "--bound: zero")]
    [InlineData("summary outcomes --study S", "--test")]
    [InlineData("summary categories --test PAINNRS", "--study")]
    [InlineData("ranges import f.csv --study S", "--laboratory")]
    [InlineData("ranges import --study S --laboratory L", "FILE")]
    [InlineData("ranges apply --study S --laboratory L --reason R", "--version")]
    [InlineData("ranges apply --study S --laboratory L --version 1", "--reason")]
    [InlineData("ranges apply --study S --laboratory L --version -1 --reason R", "--version")]
    [InlineData("ranges list --study S --version x", "--version")]
    [InlineData("ranges versions", "--study")]
    [InlineData("ranges outdated", "--study")]
    [InlineData("doses import --study S", "FILE")]
    [InlineData("doses list", "--study")]
    [InlineData("summary shift --study S --by value", "--by")]
    [InlineData("summary liver", "--study")]
    [InlineData("summary profile --study S", "--subject")]
    [InlineData("jobs run", "JOB")]
    [InlineData("studies list --server localhost:5001", "--server")]
    [InlineData("health --server ftp://localhost", "--server")]
    public async Task CommandLine_NotUsable_IsUsageAndNamesWhatIsWrong(string line, string named)
    {
        var call = await LabctlCall.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, call.ExitCode);
        Assert.Contains(named, call.Error, StringComparison.Ordinal);
        Assert.Equal("", call.Output);
    }

    [Theory]
    [InlineData("subjects import none.csv --study S")]
    [InlineData("results push none.csv --study S --laboratory L")]
    [InlineData("adverse-events import none.csv --study S")]
    [InlineData("grading evaluate none.csv --rule-set ctcae-5.0")]
    [InlineData("ranges import none.csv --study S --laboratory L")]
    public async Task CommandLine_FileNotThere_IsUsageAndNamesIt(string line)
    {
        var call = await LabctlCall.Run(line.Split(' '));

        Assert.Equal(2, call.ExitCode);
        Assert.StartsWith("labctl: none.csv cannot be read", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("studies list")]
    [InlineData("studies create S")]
    [InlineData("subjects list --study S")]
    [InlineData("results list --study S")]
    [InlineData("results held --study S")]
    [InlineData("results rejected --study S")]
    [InlineData("results show ID --study S")]
    [InlineData("grading run --study S")]
    [InlineData("grading explain --study S --result R --rule-set ctcae-5.0")]
    [InlineData("grading rule-sets")]
    [InlineData("adverse-events list --study S")]
    [InlineData("adverse-events show AE-1 --study S")]
    [InlineData("adverse-events watch --study S")]
    [InlineData("adverse-events review AE-1 --study S --relatedness possible --outcome fatal")]
    [InlineData("adverse-events report --study S --subject 1 --term Cough --soc R --onset 2021 --grade 1")]
    [InlineData("adverse-events amend AR-1 --study S --grade 1")]
    [InlineData("adverse-events withdraw AR-1 --study S")]
    [InlineData("adverse-events hys-law --study S")]
    [InlineData("alerts list --study S")]
    [InlineData("alerts acknowledge AL-1 --study S")]
    [InlineData("summary adverse-events --study S")]
    [InlineData("ranges apply --study S --laboratory L --version 1 --reason R")]
    [InlineData("ranges list --study S")]
    [InlineData("ranges versions --study S")]
    [InlineData("ranges outdated --study S")]
    [InlineData("jobs list")]
    [InlineData("jobs run grading-full --study S")]
    [InlineData("jobs history")]
    [InlineData("keys list")]
    [InlineData("keys whoami")]
    [InlineData("keys revoke K")]
    [InlineData("keys create K --role auditor")]
    [InlineData("subjects unblind --study S --subject 1 --reason R")]
    public async Task Server_NotThere_IsUnreachableAndNamesTheAddress(string line)
    {
        var address = NobodyThere();

        var call = await LabctlCall.Run([.. line.Split(' '), "--server", address]);

        Assert.Equal(4, call.ExitCode);
        Assert.Contains($"The server at {address} is not reachable", call.Error, StringComparison.Ordinal);
        Assert.Single(call.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Server_NotThereDuringExport_LeavesNoFile()
    {
        using var folder = new TemporaryFolder();

        var call = await LabctlCall.Run(
            "export", "adlb", "--study", "S", "--rule-set", "ctcae-5.0", "--out", Path.Combine(folder.Path, "adlb.csv"), "--server", NobodyThere());

        Assert.Equal(4, call.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Server_NamedInTheEnvironment_IsAsked()
    {
        var address = NobodyThere();

        var call = await LabctlCall.Run(["health"], new Dictionary<string, string?> { ["LABCTL_SERVER"] = address });

        Assert.Equal(4, call.ExitCode);
        Assert.Contains(address, call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--api-key-file")]
    [InlineData("LABCTL_API_KEY_FILE")]
    public async Task ApiKeyFile_NotReadable_IsUsage(string from)
    {
        var call = from.StartsWith("--", StringComparison.Ordinal)
            ? await LabctlCall.Run("health", from, "/no/such/key")
            : await LabctlCall.Run(["health"], new Dictionary<string, string?> { [from] = "/no/such/key" });

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("/no/such/key", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiKeyFile_Empty_IsUsage()
    {
        using var folder = new TemporaryFolder();

        var call = await LabctlCall.Run("health", "--api-key-file", folder.Add("key", " \n"));

        Assert.Equal(2, call.ExitCode);
    }

    [Theory]
    [InlineData("--help", "labctl [command]")]
    [InlineData("results push --help", "--rejects")]
    public async Task Help_AskedFor_IsWrittenAndDone(string line, string named)
    {
        var call = await LabctlCall.Run(line.Split(' '));

        Assert.Equal(0, call.ExitCode);
        Assert.Contains(named.Replace("labctl ", "", StringComparison.Ordinal), call.Output, StringComparison.Ordinal);
    }

    private static string NobodyThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
