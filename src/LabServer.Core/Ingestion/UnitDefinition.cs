namespace LabServer.Core.Ingestion;

/// <summary>A unit in which a test may be reported (LBORRESU).</summary>
/// <param name="Code">UCUM code, as <see cref="UnitNames.Canonical"/> gives it; <c>1</c> for no unit.</param>
/// <param name="Factor">Standard value = reported value × factor. Always positive.</param>
/// <param name="System">Systems of units whose published numbers a value in this unit is graded by.</param>
public sealed record UnitDefinition(string Code, decimal Factor, UnitSystems System)
{
    /// <summary>
    /// <paramref name="reported"/> in the standard unit of the test: multiplied as decimals and rounded once, to the
    /// nearest double. Numbers within the bounds of <see cref="ReportedValue"/> never overflow.
    /// </summary>
    public double ToStandard(decimal reported) => (double)(reported * Factor);

    /// <summary>A value in the standard unit given in this one, divided as decimals and rounded once.</summary>
    public double FromStandard(double standard) => (double)((decimal)standard / Factor);

    /// <summary>
    /// A number in this unit given in another one of the same test: multiplied and divided as decimals, rounded once; in
    /// the same unit it stays what it is.
    /// </summary>
    public double Convert(decimal number, UnitDefinition to) => (double)(to.Factor == Factor ? number : number * Factor / to.Factor);
}
