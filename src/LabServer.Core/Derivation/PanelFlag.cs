namespace LabServer.Core.Derivation;

/// <summary>A result of a flow panel that does not add up.</summary>
/// <param name="Test">Key of its test.</param>
/// <param name="ResultKey">The result.</param>
/// <param name="Panel">Code of the rule that is broken, for instance <c>PANEL_CD4_SUBSETS</c>.</param>
/// <param name="Detail">With the numbers.</param>
public sealed record PanelFlag(string Test, long ResultKey, string Panel, string Detail);
