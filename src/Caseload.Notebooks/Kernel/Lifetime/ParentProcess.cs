using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Caseload.Notebooks.Kernel.Lifetime;

/// <summary>The process that started the kernel. A kernel must not outlive it: nobody would be left to end the kernel.</summary>
internal abstract class ParentProcess
{
    /// <summary>Whether it runs still. Where that cannot be known it does.</summary>
    public abstract bool IsAlive { get; }

    /// <summary>The process that Jupyter's variable names.</summary>
    /// <param name="variable">The value of <c>JPY_PARENT_PID</c>: a process number, on Windows a handle that the kernel inherited.</param>
    /// <returns>Null where it names none.</returns>
    public static ParentProcess? Of(string? variable)
    {
        if (!long.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number <= 1) return null;
        if (OperatingSystem.IsWindows()) return new ByHandle(number);
        return number > int.MaxValue ? null : new ByNumber((int)number);
    }

    /// <summary>A process that is known by its number. When the kernel is its own child, a change of the kernel's parent tells;
    /// else whether there is such a process.</summary>
    private sealed class ByNumber : ParentProcess
    {
        private readonly int number;
        private readonly bool isDirect;

        public ByNumber(int number)
        {
            this.number = number;
            isDirect = ParentOfThis() == number;
        }

        public override bool IsAlive => isDirect ? ParentOfThis() == number : Exists();

        // A process that ended and that its own parent did not look after keeps its number; it is a zombie (Z).
        private bool Exists()
        {
            if (!OperatingSystem.IsLinux()) return Kill(number, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;
            try
            {
                var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{number}/stat"));
                return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is not ['Z' or 'X', ..];
            }
            catch (IOException)
            {
                return false;
            }
            catch (UnauthorizedAccessException)
            {
                return true;
            }
        }

        private const int NoSuchProcess = 3;

        [DllImport("libc", EntryPoint = "getppid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int ParentOfThis();

        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Kill(int process, int signal);
    }

    private sealed class ByHandle(long handle) : ParentProcess
    {
        public override bool IsAlive
        {
            get
            {
                try
                {
                    using var process = new ProcessHandle((nint)handle);
                    return !process.WaitOne(0);
                }
                catch (Exception e) when (e is ObjectDisposedException or SystemException)
                {
                    // The number is no handle of this process: nothing is known.
                    return true;
                }
            }
        }
    }

    private sealed class ProcessHandle : WaitHandle
    {
        public ProcessHandle(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
    }
}
