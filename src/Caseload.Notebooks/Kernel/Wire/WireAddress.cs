using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Caseload.Frames;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>Where a socket listens.</summary>
/// <param name="EndPoint">The address.</param>
/// <param name="SocketFile">The file of a Unix socket; null for TCP.</param>
internal sealed record WireAddress(EndPoint EndPoint, string? SocketFile)
{
    /// <summary>Makes an address of the words of a connection file.</summary>
    /// <param name="transport"><c>tcp</c> or <c>ipc</c>.</param>
    /// <param name="place">The IP address; with <c>ipc</c> how the socket's path begins.</param>
    /// <param name="port">The port; with <c>ipc</c> how the path ends.</param>
    /// <exception cref="ProblemException">Unreadable: the words name no address.</exception>
    public static WireAddress Of(string transport, string place, int port)
    {
        if (transport == "ipc")
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{place}-{port}");
            return new(new UnixDomainSocketEndPoint(file), file);
        }

        if (transport != "tcp") throw Problem($"the transport {transport}", "tcp or ipc");
        var ip = place == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(place, out var parsed) ? parsed : null;
        return ip is null ? throw Problem("an ip that is no address", "an IP address, such as 127.0.0.1")
            : new(new IPEndPoint(ip, port), null);
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="ProblemException">Unreadable: the address cannot be had.</exception>
    public Socket Listen()
    {
        var socket = SocketFile is null
            ? new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // A kernel that was killed leaves its socket's file behind, and its successor comes to the same address.
            if (SocketFile is not null) File.Delete(SocketFile);
            socket.Bind(EndPoint);
            socket.Listen();
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ProblemException(new Problem(ProblemKind.Unreadable, $"the address {EndPoint} cannot be listened on: {e.Message}",
                "an address that is free", "", "Start the kernel again with another connection file."), e);
        }
    }

    private static ProblemException Problem(string found, string expected) =>
        new(new(ProblemKind.Unreadable, "the connection file names " + found, expected, "", "Let a Jupyter client write the file."));
}
