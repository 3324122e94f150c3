namespace LabServer.Core;

/// <summary>Whether something happened at or before a reference, such as the first dose.</summary>
public enum BaselineOrder
{
    /// <summary>Certainly at or before it.</summary>
    AtOrBefore = 1,

    /// <summary>Certainly after it.</summary>
    After = 2,

    /// <summary>A date is partial, and both are possible.</summary>
    Uncertain = 3,
}
