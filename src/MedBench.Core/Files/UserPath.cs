using System.Text.RegularExpressions;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>
/// Paths as people write them where no shell has looked at them: in <c>.env</c> files, <c>env:</c> of a workflow, unit files, quotes.
/// <c>~</c>, <c>$NAME</c>, <c>${NAME}</c> and <c>%NAME%</c> are filled in, or refused by name: never is there a folder called <c>~</c>.
/// </summary>
public static partial class UserPath
{
    /// <summary>The value of an environment variable without spaces and line breaks around it (a Kubernetes secret ends in one); null where it is not set or blank.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads a variable; null for the process's own.</param>
    public static string? Variable(string name, Func<string, string?>? get = null) =>
        (get ?? Environment.GetEnvironmentVariable)(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The absolute path that an environment variable names; null where it is not set.</summary>
    /// <inheritdoc cref="Variable"/>
    /// <exception cref="MedBenchException">It holds another variable that is not set.</exception>
    public static string? OfVariable(string name, Func<string, string?>? get = null) =>
        Variable(name, get) is { } value ? Path.GetFullPath(Expand(value, $"{name}={value}", get)) : null;

    /// <summary>The home folder, which need not exist: what <c>HOME</c> (on Windows <c>USERPROFILE</c>) says, else what the system knows of the user.</summary>
    /// <param name="instead">Variable that names what is looked for there, for the error.</param>
    /// <param name="get">Reads a variable; null for the process's own.</param>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static string Home(string instead, Func<string, string?>? get = null)
    {
        string name = OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";
        string? home = Variable(name, get) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathFullyQualified(home) ? home
            : throw new MedBenchException(home.Length == 0 ? $"there is no home folder: {name} is not set" : $"{name}={home}: not an absolute path", $"set {instead} to a folder, or {name}");
    }

    /// <summary>A path with its variables filled in.</summary>
    /// <param name="path">As written.</param>
    /// <param name="shown">What to call it in an error.</param>
    /// <param name="get">Reads a variable; null for the process's own.</param>
    /// <exception cref="MedBenchException">A part of it is a variable that is not set, or another user's home folder.</exception>
    public static string Expand(string path, string shown, Func<string, string?>? get = null)
    {
        if (path is "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal)) path = Home("an absolute path", get) + path[1..];
        else if (OtherHome().IsMatch(path)) throw new MedBenchException($"{shown}: home folders of other users are not looked up", "write the path in full");
        return Reference().Replace(path, match =>
        {
            string name = match.Groups["name"].Value;
            if (Variable(name, get) is { } value) return value;
            // A sign in the middle of a name is only that; a whole part of a path can be nothing but a variable.
            bool whole = (match.Index == 0 || path[match.Index - 1] is '/' or '\\') && (match.Index + match.Length == path.Length || path[match.Index + match.Length] is '/' or '\\');
            return whole ? throw new MedBenchException($"{shown}: the variable {name} is not set", $"set {name}, or write the path in full") : match.Value;
        });
    }

    /// <summary>An argument of the command line, which a shell has looked at, but not where it stands after a <c>=</c> or in quotes: one that begins with <c>~</c> or a variable is a path.</summary>
    /// <exception cref="MedBenchException">The variable is not set.</exception>
    public static string Argument(string argument)
    {
        int value = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        return Beginning().IsMatch(argument[value..]) ? argument[..value] + Expand(argument[value..], argument) : argument;
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)|%(?<name>[A-Za-z_][A-Za-z0-9_]*)%")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(~|\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Za-z_][A-Za-z0-9_]*|%[A-Za-z_][A-Za-z0-9_]*%)([/\\]|\z)")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^~[A-Za-z_][A-Za-z0-9_.-]*([/\\]|\z)")]
    private static partial Regex OtherHome();
}
