using System.Security.Cryptography;

namespace LabServer.Hosting;

/// <summary>
/// What is made of files, and made anew when their content changes: looked at when it is wanted, at most once a second. Files
/// that cannot be used, as half-written ones, leave what was made before in force. Safe to use from many threads.
/// </summary>
internal sealed class FromFiles<T>
    where T : class
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string[] _files;
    private readonly Func<T> _make;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private T _value;
    private string? _seen;
    private long _looked;

    /// <summary>Makes it for the first time; what is wrong with the files then is the caller's.</summary>
    /// <param name="files">The files.</param>
    /// <param name="make">Makes it of them. Throws where that cannot be done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when files have changed.</param>
    public FromFiles(IEnumerable<string> files, Func<T> make, TimeProvider time, ILogger logger)
    {
        (_files, _make, _time, _logger) = ([.. files], make, time, logger);
        _seen = Hash();
        _value = make();
        _looked = time.GetTimestamp();
    }

    /// <summary>As the files are now, or were when they could be used last.</summary>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_looked) >= BetweenLooks)
                {
                    Look();
                    _looked = _time.GetTimestamp();
                }

                return _value;
            }
        }
    }

    private void Look()
    {
        // By content and not by time: what is mounted into a container changes behind links that stay the same.
        if (Hash() is var now && now == _seen)
        {
            return;
        }

        _seen = now;
        try
        {
            _value = _make();
            _logger.FilesRead(string.Join(", ", _files));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            _logger.FilesUnusable(string.Join(", ", _files), exception.Message.ReplaceLineEndings(" "));
        }
    }

    private string? Hash()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in _files)
            {
                hash.AppendData(File.ReadAllBytes(file));
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
