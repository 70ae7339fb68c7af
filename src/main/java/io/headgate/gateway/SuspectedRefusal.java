package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;

/// A 403 of Airflow that may be about the gateway's own token instead of the caller's rights.
///
/// Airflow says `Invalid JWT token` when it does not accept what the gateway signed: a wrong secret, a wrong
/// clock. Its pages then reload for ever, and a program would look for the fault in its own token. So a small 403
/// is held until it can be read; a real refusal is passed on as it came.
final class SuspectedRefusal {
    private static final int BYTES_MAX = 1024;

    private final HttpResponse head;
    private final ByteBuf body = Unpooled.buffer(0, BYTES_MAX);

    private SuspectedRefusal(HttpResponse head) {
        this.head = head;
    }

    static boolean fits(HttpResponse response) {
        return response.status().equals(HttpResponseStatus.FORBIDDEN)
                && HttpUtil.getContentLength(response, Long.MAX_VALUE) <= BYTES_MAX;
    }

    static SuspectedRefusal holding(HttpResponse head) {
        return new SuspectedRefusal(head);
    }

    void add(HttpContent piece) {
        body.writeBytes(piece.content());
    }

    boolean isAboutTheGateway() {
        return body.toString(StandardCharsets.UTF_8).contains("\"Invalid JWT token\"");
    }

    HttpResponse head() {
        return head;
    }

    ByteBuf body() {
        return body;
    }
}
