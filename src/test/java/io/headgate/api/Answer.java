package io.headgate.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.stream.StreamSupport;

/// What came back.
public record Answer(int status, HttpHeaders headers, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /// The value of a member of the answer's object, as text.
    public String member(String name) {
        JsonNode value = json().path(name);
        if (value.isMissingNode()) {
            throw new AssertionError("no member " + name + " in " + text);
        }
        return value.asText();
    }

    /// What two refusals must have in common if nobody is to tell them apart.
    public JsonNode withoutRequestId() {
        ObjectNode json = (ObjectNode) json();
        json.remove("requestId");
        return json;
    }

    public String message() {
        return member("message");
    }

    /// The fields that a 400 found fault with.
    public List<String> wrongFields() {
        return StreamSupport.stream(json().path("fieldErrors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
