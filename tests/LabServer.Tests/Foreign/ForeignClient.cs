using System.ComponentModel;
using LabServer.Tests.Support;

namespace LabServer.Tests.Foreign;

/// <summary>
/// <c>tests/foreign</c> with its npm packages, in a temporary copy that goes with this process. Made once, when the
/// first test asks: whether it can be made decides whether those tests are skipped.
/// </summary>
internal static class ForeignClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // What npm says when it cannot reach a registry. Anything else that goes wrong is a fault, and no reason to skip.
    private static readonly string[] NoRegistry =
        ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ERR_SOCKET_TIMEOUT", "E403", "E404"];

    private static readonly Lazy<(string Folder, string? Absence, string? Fault)> Installed = new(Install);

    /// <summary>Why the client cannot run here. Null: it can, or the install failed in a way that a test must report.</summary>
    public static string? Absence => Installed.Value.Absence;

    /// <summary>Runs the client against the server at <paramref name="address"/>, with a key.</summary>
    public static ProcessRun Run(string address, string keyFile)
    {
        var (folder, absence, fault) = Installed.Value;
        return (absence ?? fault) is { } problem
            ? throw new InvalidOperationException(problem)
            : ProcessRun.Of("node", ["client.mjs", address, Checkout.PathOf("protos"), "--api-key-file", keyFile], folder, Patience);
    }

    private static (string Folder, string? Absence, string? Fault) Install()
    {
        var folder = Directory.CreateTempSubdirectory("labserver-foreign-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Checkout.PathOf("tests", "foreign")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        try
        {
            ProcessRun.Of("node", ["--version"], folder, Patience);
            var install = ProcessRun.Of(
                "npm", ["ci", "--prefer-offline", "--fetch-retries=0", "--fetch-timeout=20000"], folder, Patience);
            return install.ExitCode == 0
                ? (folder, null, null)
                : Array.Exists(NoRegistry, install.Output.Contains)
                    ? (folder, $"npm reaches no package registry here:\n{install.Output}", null)
                    : (folder, null, $"npm ci failed:\n{install.Output}");
        }
        catch (Win32Exception)
        {
            return (folder, "node or npm is not installed here.", null);
        }
        catch (TimeoutException late)
        {
            return (folder, null, late.Message);
        }
    }
}
