using System.Text.RegularExpressions;
using LabServer.Tests.Support;

namespace LabServer.Tests.Operation;

/// <summary>The files of docs/samples, as far as they can be checked without running them.</summary>
public sealed partial class SamplesTests
{
    [SystemdFact]
    public void Unit_OfTheSample_IsOneThatSystemdTakes()
    {
        using var folder = new TemporaryFolder();
        var unit = File.ReadAllText(Checkout.PathOf("docs", "samples", "labserver.service"));
        Assert.Contains("ExecStart=/usr/bin/dotnet ", unit, StringComparison.Ordinal);
        // Where .NET is on this machine; systemd looks whether it is there.
        File.WriteAllText(
            Path.Combine(folder.Path, "labserver.service"), unit.Replace("/usr/bin/dotnet", Environment.ProcessPath, StringComparison.Ordinal));

        var run = Verify(folder);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    [SystemdFact]
    public void Unit_WithAMisspeltOption_IsNoticed()
    {
        using var folder = new TemporaryFolder();
        var unit = File.ReadAllText(Checkout.PathOf("docs", "samples", "labserver.service"));
        File.WriteAllText(Path.Combine(folder.Path, "labserver.service"), unit.Replace("LimitNOFILE", "LimitNFILES", StringComparison.Ordinal));

        Assert.Contains("LimitNFILES", Verify(folder).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labserver.service", "LABSERVER__DATA")]
    [InlineData("Containerfile", "LABSERVER__DATA")]
    public void Sample_NamesSettings_ThatThereAre(string file, string oneOfThem)
    {
        var page = File.ReadAllText(Checkout.PathOf("docs", "operations.md"));
        var known = SettingOnThePage().Matches(page).Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()).ToHashSet();

        var named = SettingInTheEnvironment().Matches(File.ReadAllText(Checkout.PathOf("docs", "samples", file))).Select(match => match.Value).ToHashSet();

        Assert.Contains(oneOfThem, named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Container_IsNotRoot_AndIsCheckedByReadiness()
    {
        var lines = File.ReadAllLines(Checkout.PathOf("docs", "samples", "Containerfile"));

        Assert.Contains("USER $APP_UID", lines);
        Assert.Contains("VOLUME /data", lines);
        Assert.Contains(lines, line => line.Contains("labctl.dll health --ready", StringComparison.Ordinal));
        Assert.True(Array.IndexOf(lines, "USER $APP_UID") < Array.FindIndex(lines, line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)));
    }

    private static ProcessRun Verify(TemporaryFolder folder) =>
        ProcessRun.Of("systemd-analyze", ["verify", Path.Combine(folder.Path, "labserver.service")], folder.Path, TimeSpan.FromSeconds(60));

    [GeneratedRegex("`(LabServer:[A-Za-z:]+)`")]
    private static partial Regex SettingOnThePage();

    [GeneratedRegex("LABSERVER__[A-Z_]*[A-Z]")]
    private static partial Regex SettingInTheEnvironment();
}
