namespace LabServer.Core.Ingestion;

/// <summary>
/// LBORRES read: a number, with or without a qualifier, or a text. Exactly one of <see cref="Number"/> and
/// <see cref="Text"/> is there; <see langword="default"/> has neither, and stands for no value.
/// </summary>
/// <param name="Number">The number, with the decimal places it was sent with. Null for a text.</param>
/// <param name="Qualifier">What stands before the number. <see cref="ValueQualifier.None"/> for a text.</param>
/// <param name="Text">The text without surrounding blanks (<c>POSITIVE</c>, <c>1:40</c>, <c>2+</c>, <c>QNS</c>). Null for a number.</param>
public readonly record struct ReportedValue(decimal? Number, ValueQualifier Qualifier, string? Text);
