using System.CommandLine;

namespace LabServer.Cli.SampleTrial;

/// <summary><c>labctl sample-trial write</c>: needs no server.</summary>
internal sealed class WriteSampleTrialCommand : Command
{
    public WriteSampleTrialCommand(Shell shell)
        : base("write", "Writes subjects.csv, results.csv and adverse-events.csv of a made-up trial; the same seed gives the same files everywhere.")
    {
        var folder = new Option<string>("--out") { Description = "Folder to write into; made where absent.", HelpName = "DIR", Required = true };
        var seed = new Option<long>("--seed")
        {
            Description = "Another number gives another trial with as many findings.",
            HelpName = "N",
            DefaultValueFactory = _ => SampleTrialFiles.DefaultSeed,
        };
        Add(folder);
        Add(seed);
        SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            try
            {
                var (subjects, results, events) = SampleTrialFiles.Write(path, parsed.GetValue(seed));
                shell.Terminal.Error.WriteLine($"{subjects} subjects, {results} results and {events} reported events in {path}");
                return ExitCode.Done;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new UsageException($"--out: {path} cannot be written: {fault.Message}");
            }
        });
    }
}
