namespace LabServer.Hosting;

/// <summary>A section of settings under <see cref="Root"/> that belongs to a stage.</summary>
/// <param name="Name">Name of the section, which is the stage's: <c>Jobs</c>.</param>
internal sealed record OptionsSection(string Name)
{
    /// <summary>The section that holds all settings of the server; in the environment <c>LABSERVER__</c>.</summary>
    public const string Root = "LabServer";
}
