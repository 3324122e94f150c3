namespace LabServer.Core.Derivation;

/// <summary>All that is derived for a subject.</summary>
/// <param name="Results">Derived results.</param>
/// <param name="Flags">Flags of flow panels.</param>
public sealed record DerivedOfSubject(IReadOnlyList<DerivedResult> Results, IReadOnlyList<PanelFlag> Flags)
{
    /// <summary>Finds it. A pure function.</summary>
    public static DerivedOfSubject Of(SubjectInputs inputs) =>
        new(DerivedResults.Of(inputs), FlowPanels.Check(inputs.Results, inputs.Settings.PanelTolerance));
}
