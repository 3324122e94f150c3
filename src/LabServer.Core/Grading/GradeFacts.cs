namespace LabServer.Core.Grading;

/// <summary>Facts about the subject that no laboratory value shows and that a rule may ask for. A fact not stated is false, never unknown.</summary>
[Flags]
public enum GradeFacts
{
    /// <summary>Nothing stated (default).</summary>
    None = 0,

    /// <summary>The subject takes an anticoagulant: the INR rules in multiples of baseline then apply.</summary>
    OnAnticoagulation = 1,
}
