using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>A range of a laboratory.</summary>
internal sealed record ModelRange
{
    public required string Test { get; init; }

    /// <summary>Null: everyone.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Completed age from which it holds, and up to which it does; units are <c>days</c>, <c>months</c>, <c>years</c>.</summary>
    public (int Age, string Unit)? From { get; init; }

    public (int Age, string Unit)? To { get; init; }

    /// <summary>Empty: any that no other range names.</summary>
    public string Method { get; init; } = "";

    /// <summary>First day of collection, and the first on which it does not hold any more.</summary>
    public DateOnly? Since { get; init; }

    public DateOnly? Until { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public bool LowIsNormal { get; init; } = true;

    public bool HighIsNormal { get; init; } = true;

    /// <summary>As the laboratory writes it.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it is for somebody on a day; null: cannot be said.</summary>
    public bool? IsFor(ModelPerson person)
    {
        if ((Since is { } since && person.On < since) || (Until is { } until && person.On >= until)
            || (Sex is not null && person.Sex != Core.Sex.Unknown && person.Sex != Sex))
        {
            return false;
        }

        var ofSex = Sex is null || person.Sex != Core.Sex.Unknown ? true : (bool?)null;
        if (From is null && To is null)
        {
            return ofSex;
        }

        return person.AgeMissing is not null ? null
            : (From is { } from && Age(from.Unit) < from.Age) || (To is { } to && Age(to.Unit) >= to.Age) ? false
            : ofSex;

        int Age(string unit) => unit switch { "days" => person.Days, "months" => person.Months, _ => person.Years };
    }

    /// <summary>A limit in another unit of the test.</summary>
    public decimal? In(decimal? limit, ModelUnit unit) =>
        limit is { } number ? Digits.Round(number * ModelUnits.Find(Test, Unit)!.Factor / unit.Factor) : null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Test} {Sex} {From} to {To} {Method} {Since:yyyy-MM-dd} to {Until:yyyy-MM-dd} {(LowIsNormal ? '[' : '(')}{Low}, {High}{(HighIsNormal ? ']' : ')')} {Unit}");
}
