namespace LabServer.Tests.Support;

/// <summary>Files that lie beside the checkout, too large or not ours to keep in it.</summary>
internal static class SharedData
{
    /// <summary>Full path of a shared file: in <c>LABSERVER_SHARED</c>, or in <c>../shared</c> beside the checkout. Null: absent.</summary>
    public static string? PathOf(string file)
    {
        var folder = Environment.GetEnvironmentVariable("LABSERVER_SHARED") is { Length: > 0 } named ? named : Checkout.PathOf("..", "shared");
        var path = Path.GetFullPath(Path.Combine(folder, file));
        return File.Exists(path) ? path : null;
    }
}
