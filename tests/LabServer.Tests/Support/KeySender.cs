namespace LabServer.Tests.Support;

/// <summary>Sends a key with every call that has none of its own.</summary>
internal sealed class KeySender(string key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("authorization"))
        {
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
