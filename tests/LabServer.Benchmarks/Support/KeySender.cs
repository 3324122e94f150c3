namespace LabServer.Benchmarks.Support;

/// <summary>Sends a key with each call.</summary>
internal sealed class KeySender(string key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        return base.SendAsync(request, cancellationToken);
    }
}
