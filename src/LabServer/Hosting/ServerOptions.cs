using System.ComponentModel.DataAnnotations;

namespace LabServer.Hosting;

/// <summary>Where the server keeps its data and where it listens. Section <c>LabServer</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>Folder of everything the server keeps; made when it is not there. Relative to the working folder.</summary>
    /// <value>The default value is <c>./data</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Data: the data folder must be named.")]
    public string Data { get; set; } = "./data";

    /// <summary>IP address to listen on. Beyond the loopback interface TLS is needed, see <see cref="CertificateFile"/>.</summary>
    /// <value>The default value is 127.0.0.1.</value>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>PEM file of the server's certificate, with those of its issuers behind it. With it both ports speak TLS.</summary>
    /// <value>The default value is empty: no TLS.</value>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of the certificate's private key.</summary>
    /// <value>The default value is empty: it is in the file of the certificate.</value>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>Port of gRPC (HTTP/2). 0 takes a free one.</summary>
    /// <value>The default value is 5001.</value>
    [Range(0, 65535, ErrorMessage = "GrpcPort: a port is a number from {1} to {2}.")]
    public int GrpcPort { get; set; } = 5001;

    /// <summary>Port of HTTP/1.1. 0 takes a free one.</summary>
    /// <value>The default value is 5000.</value>
    [Range(0, 65535, ErrorMessage = "HttpPort: a port is a number from {1} to {2}.")]
    public int HttpPort { get; set; } = 5000;

    /// <summary>How long an orderly stop waits for open calls and running jobs before it ends them.</summary>
    /// <value>The default value is 8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "StopTimeout: a time from {1} to {2}.")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(8);
}
