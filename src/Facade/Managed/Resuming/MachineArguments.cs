using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Guestfs;

/// <summary>
/// qemu's arguments for a launch, as libguestfs gave them, and what is made of them: the arguments of the machine that is saved, and of
/// those that are resumed. All devices but the disks are the same in both, in the same order, so that each is found again where it was.
/// native/launcher/resume.c puts in what belongs to one launch.
/// </summary>
internal sealed class MachineArguments
{
    // As native/launcher/resume.c and the appliance's init have them.
    private const int MemoryDescriptor = 90, SessionDescriptor = 91, MonitorDescriptor = 92;
    private const string Disks = "D", Socket = "S", Others = "O", SessionPort = "org.guestfs.resume.0", HoldWord = "appliance-init.hold";

    private readonly List<string> expected = [], saved = [], resumed = [];
    private readonly MachinePlaces places;

    private MachineArguments(MachinePlaces places) => this.places = places;

    /// <summary>The root of the appliance.</summary>
    internal string Root { get; private set; } = "";

    /// <summary>Those that libguestfs must give again, without the disks.</summary>
    internal IReadOnlyList<string> Expected => expected;

    /// <summary>Those of the machine that is to be saved.</summary>
    internal IReadOnlyList<string> Saved => saved;

    /// <summary>Those of a machine that is resumed.</summary>
    internal IReadOnlyList<string> Resumed => resumed;

    /// <summary>Reads arguments up to the value of <c>-append</c>.</summary>
    /// <param name="given">Those of libguestfs.</param>
    /// <param name="places">Where the parts are kept.</param>
    /// <param name="arguments">What is made of them.</param>
    /// <returns>False where the machine is none that can be saved.</returns>
    internal static bool TryRead(IReadOnlyList<string> given, MachinePlaces places, [NotNullWhen(true)] out MachineArguments? arguments)
    {
        arguments = new MachineArguments(places);
        bool hasMachine = false, hasMemory = false, hasRoot = false, hasChannel = false;
        for (int i = 0; i < given.Count; i++)
        {
            string option = given[i], value = i + 1 < given.Count ? given[i + 1] : "";
            switch (option)
            {
                case "-drive" when value.Contains(",if=none", StringComparison.Ordinal)
                    && value.Contains(",id=hd", StringComparison.Ordinal):
                case "-device" when value.StartsWith("scsi-hd,drive=hd", StringComparison.Ordinal):
                    i++;
                    continue;
                case "-global" when value.StartsWith("virtio-blk-pci.", StringComparison.Ordinal):
                    // For user's disks; newer qemus do not know it, and complain as soon as there is such a device.
                    arguments.expected.AddRange([option, value]);
                    break;
                case "-netdev":
                    return false;
                case "-drive" when value.Contains(",id=appliance,", StringComparison.Ordinal):
                    hasRoot = arguments.AddRoot(value);
                    break;
                case "-device" when value == "scsi-hd,drive=appliance":
                    // A bus of its own, so that libguestfs' disks are the first on theirs.
                    arguments.Add(option, value, "virtio-blk-pci,drive=appliance");
                    break;
                case "-machine":
                    hasMachine = true;
                    arguments.Add(option, value, value.Replace("kvm:tcg", "tcg", StringComparison.Ordinal) + ",memory-backend=guest");
                    break;
                case "-m" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int megabytes):
                    hasMemory = true;
                    arguments.Add(option, value, value);
                    arguments.AddMemory(megabytes);
                    break;
                case "-chardev" when value.StartsWith("socket,path=", StringComparison.Ordinal)
                    && value.EndsWith(",id=channel0", StringComparison.Ordinal):
                    hasChannel = true;
                    arguments.expected.AddRange([option, value]);
                    arguments.saved.AddRange([option, "null,id=channel0"]);
                    arguments.resumed.AddRange([option, Socket]);
                    break;
                case "-kernel" or "-initrd":
                    arguments.expected.AddRange([option, value]);
                    arguments.saved.AddRange([option, value]);
                    break;
                case "-append":
                    arguments.expected.AddRange([option, value]);
                    arguments.AddSession();
                    arguments.saved.AddRange([option, $"{value} {HoldWord}"]);
                    return hasMachine && hasMemory && hasRoot && hasChannel && i + 2 == given.Count;
                default:
                    arguments.AddAlike(option);
                    continue;
            }

            i++;
        }

        return false;
    }

    private void AddAlike(string argument)
    {
        expected.Add(argument);
        saved.Add(argument);
        resumed.Add(argument);
    }

    private void Add(string option, string value, string own)
    {
        expected.AddRange([option, value]);
        saved.AddRange([option, own]);
        resumed.AddRange([option, own]);
    }

    // What the saved machine has written must stay with its memory, which believes that it is there.
    private bool AddRoot(string value)
    {
        const string file = "file=", snapshot = ",snapshot=on";
        int end = value.IndexOf(snapshot, StringComparison.Ordinal);
        if (end < 0 || !value.StartsWith(file, StringComparison.Ordinal))
        {
            return false;
        }

        Root = value[file.Length..end].Replace(",,", ",", StringComparison.Ordinal);
        const string rest = ",id=appliance,cache=unsafe,if=none,format=qcow2";
        expected.AddRange(["-drive", value]);
        saved.AddRange(["-drive", $"file={Escape(places.NewRoot)}{rest}"]);
        resumed.AddRange([Disks, "-drive", $"file={Escape(places.Root)}{rest}{snapshot}"]);
        return true;
    }

    private void AddMemory(int megabytes)
    {
        string memory = string.Create(CultureInfo.InvariantCulture, $"memory-backend-file,id=guest,size={megabytes}M,share=on,mem-path=");
        saved.AddRange(["-object", memory + Escape(places.Memory)]);
        resumed.AddRange(["-object", string.Create(CultureInfo.InvariantCulture, $"{memory}/proc/self/fd/{MemoryDescriptor}")]);
    }

    private void AddSession()
    {
        string[] port = ["-device", $"virtserialport,chardev=session,name={SessionPort}"];
        saved.AddRange(["-chardev", $"socket,path={Escape(places.SessionSocket)},id=session", .. port]);
        resumed.AddRange(
        [
            "-chardev", string.Create(CultureInfo.InvariantCulture, $"socket,fd={SessionDescriptor},id=session"), .. port,
            "-chardev", string.Create(CultureInfo.InvariantCulture, $"socket,fd={MonitorDescriptor},id=resume"),
            "-mon", "chardev=resume,mode=control", "-incoming", "defer", Others,
        ]);
    }

    private static string Escape(string path) => path.Replace(",", ",,", StringComparison.Ordinal);
}

/// <summary>Where the parts of a saved machine are.</summary>
internal sealed class MachinePlaces
{
    /// <summary>What it has written on its root, once it is saved.</summary>
    internal required string Root { get; init; }

    /// <summary>The same while it is being saved.</summary>
    internal required string NewRoot { get; init; }

    /// <summary>Its memory, while it is being saved.</summary>
    internal required string Memory { get; init; }

    /// <summary>A socket at which somebody listens while it is being saved.</summary>
    internal required string SessionSocket { get; init; }
}
