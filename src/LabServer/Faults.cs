using LabServer.Core;

namespace LabServer;

/// <summary>Faults on the wire.</summary>
internal static class Faults
{
    public static Api.V1.Fault ToMessage(Fault fault) => new()
    {
        Code = fault.WireCode,
        Field = fault.Field,
        Message = fault.Message,
    };
}
