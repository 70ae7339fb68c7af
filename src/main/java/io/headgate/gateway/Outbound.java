package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Set;

/// A request as Airflow gets it: the caller's method, target and harmless headers, our credential, our framing.
record Outbound(InetSocketAddress address, HttpRequest head, Body body, Route route) {
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE);

    /// Where the body comes from.
    sealed interface Body {
        /// There is none.
        record Empty() implements Body {}

        /// It is relayed as it comes.
        record Streamed() implements Body {}

        /// It was held and allowed.
        record Held(ByteBuf bytes) implements Body {}
    }

    /// What only the connection knows about a request.
    ///
    /// @param https whether the caller came over https
    record Arrival(String host, boolean https, String requestId, String airflowToken) {}

    static Outbound streaming(HttpRequest request, Passage passage, Arrival arrival) {
        HttpHeaders headers = headers(request, arrival);
        if (HttpUtil.isTransferEncodingChunked(request)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            return of(request, passage, headers, new Body.Streamed());
        }
        long length = HttpUtil.getContentLength(request, -1L);
        if (length >= 0) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        return of(request, passage, headers, length > 0 ? new Body.Streamed() : new Body.Empty());
    }

    static Outbound holding(HttpRequest request, Passage passage, Arrival arrival, ByteBuf body) {
        HttpHeaders headers = headers(request, arrival);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return of(request, passage, headers, new Body.Held(body));
    }

    /// Whether it may be sent again when a kept connection turns out to be dead: doing it twice must be the same
    /// as doing it once, and nothing of a body can be lost.
    boolean repeatable() {
        return body instanceof Body.Empty && IDEMPOTENT.contains(head.method());
    }

    private static Outbound of(HttpRequest request, Passage passage, HttpHeaders headers, Body body) {
        HttpRequest head = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.method(), passage.target().forwarded(), headers);
        return new Outbound(passage.upstream().upstream(), head, body, passage.route());
    }

    private static HttpHeaders headers(HttpRequest request, Arrival arrival) {
        HttpHeaders headers = HeaderPolicy.towardsAirflow(request.headers());
        headers.set(HttpHeaderNames.HOST, arrival.host());
        headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + arrival.airflowToken());
        headers.set("X-Forwarded-Proto", arrival.https() ? "https" : "http");
        headers.set(OwnResponse.REQUEST_ID, arrival.requestId());
        return headers;
    }
}
