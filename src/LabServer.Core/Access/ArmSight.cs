namespace LabServer.Core.Access;

/// <summary>Whether arms and treatments of a study may be shown. A parameter of every statement that could read one.</summary>
public enum ArmSight
{
    /// <summary>No: the statement itself puts all subjects into one arm, and leaves arms and treatments empty.</summary>
    Blinded,

    /// <summary>Yes.</summary>
    Unblinded,
}
