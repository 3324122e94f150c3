namespace LabServer.Core.Grading;

/// <summary>Facts about the subject that no laboratory value shows and that a rule may ask for. A fact not stated is false, never unknown.</summary>
[Flags]
public enum GradeFacts
{
    /// <summary>Nothing stated (default).</summary>
    None = 0,

    /// <summary>The subject takes an anticoagulant: the INR rules of CTCAE in multiples of baseline then apply, and DAIDS does not grade coagulation.</summary>
    OnAnticoagulation = 1,

    /// <summary>The subject is infected with HIV: DAIDS then does not grade CD4 and lymphocyte counts.</summary>
    HivInfected = 2,
}
