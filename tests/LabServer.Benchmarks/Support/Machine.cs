using System.Globalization;
using System.Runtime.InteropServices;

namespace LabServer.Benchmarks.Support;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string CpuFile = "/proc/cpuinfo";

    /// <summary>Processor, cores, memory, system and runtime in one line.</summary>
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {memory} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }

    private static string Processor() => File.Exists(CpuFile)
        ? File.ReadLines(CpuFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
