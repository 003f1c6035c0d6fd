using System.CommandLine;
using Caseload.Disclosure;
using Caseload.Frames;

namespace Caseload.Cli;

/// <summary>The options of disclosure control, which every command has from which numbers leave.</summary>
internal sealed class DisclosureOptions
{
    private const string Off = "off";

    private readonly Option<string?> choice = new("--disclosure")
    {
        HelpName = "POLICY",
        Description = "Disclosure control: " + string.Join(", ", DisclosurePolicy.Presets.Select(p => p.Name))
            + ", off, or a JSON file. Default: standard for real data, open for simulated data.",
    };

    private readonly Option<string?> reason = new("--disclosure-reason")
    {
        HelpName = "TEXT", Description = "Why disclosure control is off; it is printed wherever the numbers go.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(choice);
        command.Options.Add(reason);
    }

    /// <summary>The policy that a person chose; null for the default.</summary>
    /// <exception cref="ProblemException">No such policy, or one that shows everything without a reason.</exception>
    internal DisclosurePolicy? Chosen(ParseResult parsed)
    {
        var (name, why) = (parsed.GetValue(choice), parsed.GetValue(reason)?.Trim());
        var chosen = name is null ? null
            : name == Off ? DisclosurePolicy.Open
            : DisclosurePolicy.Presets.FirstOrDefault(p => p.Name == name)
            ?? (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? PolicyJson.Read(name) : throw Unknown(name));
        if (chosen is not { ShowsAll: true })
        {
            return string.IsNullOrEmpty(why) ? chosen
                : throw Wrong("--disclosure-reason where disclosure control is on", "--disclosure off beside it", "Leave the reason out.");
        }

        // The reason is set in one line of every page.
        return string.IsNullOrEmpty(why)
            ? throw Wrong($"--disclosure {name} without a reason", "--disclosure-reason TEXT beside it",
                "Say why nothing needs to be hidden: it is printed wherever the numbers go.")
            : DisclosurePolicy.Off(string.Join(' ', why.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static ProblemException Unknown(string name) => Wrong($"--disclosure {name}",
        "one of " + string.Join(", ", DisclosurePolicy.Presets.Select(p => p.Name)) + ", off, or a file that ends in .json",
        "Choose one of them.");

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "", remedy));
}
