using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Writes what a cell shows as messages to all clients.</summary>
internal static class OutputMessages
{
    /// <summary>Publishes what a cell does.</summary>
    /// <param name="request">The request to run it.</param>
    /// <param name="shown">What it does.</param>
    public static void Publish(KernelRequest request, CellEvent shown)
    {
        switch (shown)
        {
            case OutputShown { Output: StreamOutput text }:
                request.Publish("stream", writer =>
                {
                    writer.WriteString("name", text.Stream == StreamName.Stdout ? "stdout" : "stderr");
                    writer.WriteString("text", text.Text);
                });
                break;
            case OutputShown { Output: DisplayOutput display } output:
                request.Publish("display_data", writer => WriteData(writer, display.Data, display.Metadata, output.DisplayId));
                break;
            case OutputShown { Output: ResultOutput result } output:
                request.Publish("execute_result", writer =>
                {
                    WriteData(writer, result.Data, result.Metadata);
                    if (output.DisplayId is not null) WriteName(writer, output.DisplayId);
                    writer.WriteNumber("execution_count", result.ExecutionCount ?? 0);
                });
                break;
            case OutputShown { Output: ErrorOutput error }:
                request.Publish("error", KernelError.Of(error.Name, error.Message, error.Traceback).Write);
                break;
            case DisplayUpdated update:
                request.Publish("update_display_data", writer => WriteData(writer, update.Data, update.Metadata, update.DisplayId));
                break;
            case OutputsCleared cleared:
                request.Publish("clear_output", writer => writer.WriteBoolean("wait", cleared.Wait));
                break;
        }
    }

    /// <summary>Writes the members <c>data</c> and <c>metadata</c>.</summary>
    /// <param name="writer">The message.</param>
    /// <param name="data">What to show.</param>
    /// <param name="metadata">Hints to the front end, by MIME type.</param>
    public static void WriteData(Utf8JsonWriter writer, MimeBundle? data, JsonObject metadata)
    {
        writer.WriteStartObject("data");
        foreach (var mimeType in data?.MimeTypes ?? [])
        {
            writer.WritePropertyName(mimeType);
            data!.WriteTo(writer, mimeType);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("metadata");
        metadata.WriteTo(writer);
    }

    private static void WriteData(Utf8JsonWriter writer, MimeBundle data, JsonObject metadata, string? displayId)
    {
        WriteData(writer, data, metadata);
        WriteName(writer, displayId);
    }

    private static void WriteName(Utf8JsonWriter writer, string? displayId)
    {
        writer.WriteStartObject("transient");
        if (displayId is not null) writer.WriteString("display_id", displayId);
        writer.WriteEndObject();
    }
}
