using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel;

/// <summary>What a kernel stands on.</summary>
/// <param name="ConnectionFile">The file in which the client says where to listen.</param>
/// <param name="Folder">The notebook's folder: <c>#r</c>, <c>#load</c> and <c>#!import</c> look there.</param>
public sealed record KernelSettings(string ConnectionFile, string Folder)
{
    /// <summary>The version that the kernel gives as its own.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>What the host holds; null to look once the kernel listens, which is the faster start.</summary>
    public HostAssemblies? Assemblies { get; init; }

    /// <summary>Dates messages and measures <c>#!time</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the process is the kernel's alone: then SIGINT interrupts the cell, SIGTERM and a parent that vanishes
    /// (<c>JPY_PARENT_PID</c>) end the kernel, an exception on a cell's own thread is told and not fatal, and the process ends soon after
    /// the kernel even where a cell left threads running. False where a program holds a kernel beside other work.
    /// </summary>
    public bool OwnsProcess { get; init; } = true;

    /// <summary>Takes one line for each thing that went wrong without a client to tell; standard error by default.</summary>
    public TextWriter? Log { get; init; }
}
