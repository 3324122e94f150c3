using System.Net;

namespace LabServer.Tests.Support;

/// <summary>A body that stops on its way until it is told to go on.</summary>
/// <param name="body">All of it.</param>
/// <param name="pauseBefore">Index of the byte that waits.</param>
internal sealed class PausedContent(byte[] body, int pauseBefore) : HttpContent
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory(0, pauseBefore));
        await stream.FlushAsync();
        await _goOn.Task;
        await stream.WriteAsync(body.AsMemory(pauseBefore));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
