package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Holds the body of a bulk request until it can be judged; the only body that the gateway ever holds.
final class BulkCollector {
    private static final int FIRST_BYTES = 4096;

    private final Passage passage;
    private final BulkRule rule;
    private final int limit;
    private final ByteBuf body;

    BulkCollector(Passage passage, BulkRule rule, int limit, ByteBufAllocator allocator) {
        this.passage = passage;
        this.rule = rule;
        this.limit = limit;
        this.body = allocator.buffer(Math.min(FIRST_BYTES, limit), limit);
    }

    /// What is wrong with such a request before any of its body was read.
    static Optional<Refusal> objection(HttpRequest request, int limit) {
        HttpHeaders headers = request.headers();
        List<String> types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        if (types.size() != 1 || !isJson(types.getFirst())) {
            return Optional.of(Refusal.of(
                    FailureMode.BODY_TYPE_UNSUPPORTED, "a bulk request needs Content-Type: application/json"));
        }
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return Optional.of(Refusal.of(
                    FailureMode.BODY_TYPE_UNSUPPORTED, "a bulk request must not be compressed (Content-Encoding)"));
        }
        return HttpUtil.getContentLength(request, 0L) > limit ? Optional.of(tooLarge(limit)) : Optional.empty();
    }

    Optional<Refusal> add(HttpContent piece) {
        if (piece.content().readableBytes() > body.maxWritableBytes()) {
            return Optional.of(tooLarge(limit));
        }
        body.writeBytes(piece.content());
        return Optional.empty();
    }

    Optional<Refusal> objection() {
        return BulkBody.objection(body.nioBuffer(), rule, passage.held());
    }

    Passage passage() {
        return passage;
    }

    /// The bytes as they came; whoever takes them releases them.
    ByteBuf body() {
        return body;
    }

    void release() {
        body.release();
    }

    private static Refusal tooLarge(int limit) {
        return Refusal.of(
                FailureMode.BODY_TOO_LARGE, "a bulk request may hold at most %d bytes; split it".formatted(limit));
    }

    private static boolean isJson(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("charset=") && !parts[i].replace("\"", "").equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
