using Grpc.Core;

namespace LabServer.Tests.Support;

/// <summary>Calls whose requests are bytes of the test's choice, for what no generated client would send.</summary>
internal static class RawBytes
{
    private static readonly Marshaller<byte[]> AsTheyAre = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>Bytes that no message starts with: a field that promises more than there is.</summary>
    public static byte[] Garbage { get; } = [0x0A, 0xFF, 0xFF, 0xFF, 0x7F];

    /// <summary>A unary method of the ingestion service.</summary>
    public static Method<byte[], byte[]> Submit { get; } =
        new(MethodType.Unary, "labserver.v1.IngestionService", "SubmitResults", AsTheyAre, AsTheyAre);

    /// <summary>The streaming method of the ingestion service.</summary>
    public static Method<byte[], byte[]> Stream { get; } =
        new(MethodType.DuplexStreaming, "labserver.v1.IngestionService", "StreamResults", AsTheyAre, AsTheyAre);
}
