using System.CommandLine;

namespace LabServer.Cli.SampleTrial;

/// <summary><c>labctl sample-trial</c>.</summary>
internal sealed class SampleTrialCommand : Command
{
    public SampleTrialCommand(Shell shell) : base("sample-trial", "A made-up trial to try LabServer with.")
    {
        Add(new WriteSampleTrialCommand(shell));
        Add(new CompareSampleTrialCommand(shell));
    }
}
