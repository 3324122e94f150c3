namespace LabServer.Api;

/// <summary>A faulty field of a request.</summary>
/// <param name="Field">Path of the field as in the API, such as <c>results[3].test_code</c>.</param>
/// <param name="Description">What is wrong, for a person.</param>
public sealed record FieldFault(string Field, string Description);
