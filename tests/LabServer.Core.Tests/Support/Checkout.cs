namespace LabServer.Core.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>A file of the checkout, by its path from the root.</summary>
    public static string File(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "LabServer.sln")))
            {
                return Path.Combine([folder.FullName, .. parts]);
            }
        }

        throw new DirectoryNotFoundException($"No LabServer.sln above {AppContext.BaseDirectory}.");
    }
}
