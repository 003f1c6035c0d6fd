namespace Caseload.Notebooks.Documents;

/// <summary>How a notebook's page looks on a screen, in the dark and on paper. No font, picture or script is fetched.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --soft: #f3f4f6;
            --line: #8a8f98; --link: #0b57a4; --bad: #a3140f; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e8e8; --paper: #16181c; --soft: #23262c; --line: #7d838d; --link: #8ab8f0; --bad: #ff9a92; }
        }
        body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
            color: var(--ink); background: var(--paper); }
        a { color: var(--link); }
        pre, code { font-family: ui-monospace, Consolas, monospace; font-size: 0.875rem; }
        pre { margin: 0; padding: 0.6rem; overflow-x: auto; background: var(--soft); }
        pre:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); }
        .code { margin: 1rem 0; border-left: 4px solid var(--line); padding-left: 0.6rem; }
        .code .number { margin: 0; font-size: 0.8rem; }
        .output { margin-top: 0.5rem; }
        .output pre { background: none; padding-left: 0; }
        .error pre { color: var(--bad); }
        .scroll { overflow-x: auto; }
        .scroll > svg, .output img, main img { max-width: 100%; height: auto; }
        .output img { background: #ffffff; }
        table { border-collapse: collapse; }
        caption { text-align: left; padding-bottom: 0.25rem; white-space: nowrap; }
        th, td { border-bottom: 1px solid var(--line); padding: 0.2rem 0.6rem; text-align: left; font-variant-numeric: tabular-nums; }
        @media print {
          body { max-width: none; padding: 0; color: #000000; background: #ffffff; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; }
          .output, tr, img { break-inside: avoid; }
          h1, h2, h3 { break-after: avoid; }
        }
        """;
}
