namespace LabServer.Core.Charts;

/// <summary>Form of a point.</summary>
internal enum Mark
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A triangle on its base.</summary>
    Triangle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,
}
