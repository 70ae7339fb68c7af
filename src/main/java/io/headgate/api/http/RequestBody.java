package io.headgate.api.http;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headgate.kernel.Problem;
import io.headgate.web.Given;
import io.headgate.web.Members;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The body of a request: one JSON object, read strictly, so that what we understood is what was meant.
///
/// Refused, each with its own sentence: bytes that are not UTF-8, anything but one object, a member that appears twice
/// (two readers would take different ones), text after the end.
public final class RequestBody {
    /// Every document of the contract fits many times.
    static final int BYTES_MAX = 1 << 20;

    private static final int NESTING_MAX = 32;

    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;

    RequestBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The members of the object that must be there.
    public Members members() {
        return Members.of(object(text(bytes)));
    }

    /// The same where no body at all is fine, too.
    public Members optionalMembers() {
        return Members.of(bytes.length == 0 ? JSON.createObjectNode() : object(text(bytes)));
    }

    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem("body is not UTF-8");
        }
    }

    static JsonNode object(String text) {
        if (text.isBlank()) {
            throw problem("body missing: send one JSON object");
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw problem("body must be one JSON object, given " + Given.of(node));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw problem(sentence(e));
        }
    }

    /// Jackson's own words may quote the body, and the body may hold a secret.
    private static String sentence(JsonProcessingException e) {
        String words = e.getOriginalMessage();
        JsonLocation location = e.getLocation();
        String place =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        if (words.startsWith("Duplicate ")) {
            return "body has a member twice" + place;
        }
        return (words.startsWith("Trailing token") ? "body goes on after its JSON object" : "body is not valid JSON")
                + place;
    }

    private static RuntimeException problem(String message) {
        return Problem.badRequest("request.body", message).asException();
    }
}
