package io.headgate.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.web.Members;

/// The body of a request that people write by hand: one object in YAML or JSON, as `Content-Type` says, at most 1 MiB.
///
/// From YAML every scalar arrives as the text somebody wrote, or as `null`; whoever reads it knows what it should be.
public final class DocumentBody {
    private final byte[] bytes;
    private final boolean yaml;

    DocumentBody(byte[] bytes, boolean yaml) {
        this.bytes = bytes;
        this.yaml = yaml;
    }

    /// The members of the object that must be there.
    public Members members() {
        return Members.of(object());
    }

    private JsonNode object() {
        String text = RequestBody.text(bytes);
        return yaml ? YamlDocument.read(text) : RequestBody.object(text);
    }
}
