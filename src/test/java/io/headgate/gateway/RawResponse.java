package io.headgate.gateway;

import java.util.List;

/// A response as it came over the wire.
public record RawResponse(List<String> head, String body) {

    public int status() {
        return Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    }

    public String header(String name) {
        return HttpText.header(head, name);
    }

    public List<String> headers(String name) {
        return HttpText.headers(head, name);
    }

    public String failure() {
        return header("X-Headgate-Failure");
    }

    /// Everything but what is different in every response.
    public String comparable() {
        return String.join(
                        "\n",
                        head.stream()
                                .filter(line -> !line.startsWith("X-Request-Id:") && !line.startsWith("x-request-id:"))
                                .toList())
                + "\n\n"
                + body;
    }
}
