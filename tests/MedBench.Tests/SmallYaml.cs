using System.Text;

namespace MedBench.Tests;

/// <summary>Files for runs that a test can wait for: images of 16 px, one seed.</summary>
internal static class SmallYaml
{
    /// <summary>A recipe.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="methods">What stands under <c>methods</c>, not indented.</param>
    public static byte[] Recipe(string name, string methods) => Encoding.UTF8.GetBytes($$"""
        schema: 1
        name: {{name}}
        title: {{name}}
        source: this test
        dataset-size: 16
        seeds: [0]
        binary-outputs: 2
        input: { size: native, resize: none, filter: bilinear, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
        evaluation-batch-size: 80
        methods:
        {{Indented(methods)}}

        """);

    /// <summary>A recipe for training from scratch, as short as may be.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="epochs">Epochs, with an evaluation after each: most of the time at this size.</param>
    public static byte[] Training(string name, int epochs = 1) => Recipe(name, $$"""
        from-scratch:
          encoder: &adam { algorithm: adam, learning-rate: 1.0e-3, weight-decay: 0, schedule: { kind: cosine, epochs: {{epochs}} } }
          classifier: *adam
          batch-size: 16
          epochs: {{epochs}}
          selection: { metric: accuracy }
        """);

    /// <summary>An experiment.</summary>
    /// <param name="paper">Whose numbers.</param>
    /// <param name="grids">Each one a flow mapping, with its braces.</param>
    public static byte[] Experiment(string paper, params IEnumerable<string> grids) => Encoding.UTF8.GetBytes($"""
        schema: 1
        version: 1
        paper: {paper}
        title: t
        question: q
        source: s
        grids:
        {Indented(string.Join('\n', grids.Select(g => $"- {g}")))}

        """);

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => "  " + line));
}
