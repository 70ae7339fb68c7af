package io.headgate.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// How a {@link Refusal} looks on the wire: the shape of Airflow's own errors, so that its clients understand it, or a
/// page; and how a {@link Lead} does.
final class OwnResponse {
    static final String REQUEST_ID = "X-Request-Id";
    static final String FAILURE = "X-Headgate-Failure";

    private OwnResponse() {}

    /// A page for a person, JSON for a program.
    static FullHttpResponse to(HttpRequest request, String requestId, Refusal refusal) {
        return BrowserRequest.isNavigation(request)
                ? page(requestId, refusal)
                : json(request.method(), requestId, refusal);
    }

    static FullHttpResponse leading(String requestId, Lead lead) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, lead.status());
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.LOCATION, lead.location());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(REQUEST_ID, requestId);
        headers.add(HttpHeaderNames.SET_COOKIE, lead.cookies());
        return response;
    }

    private static FullHttpResponse page(String requestId, Refusal refusal) {
        ByteBuf body = Unpooled.copiedBuffer(RefusalPage.of(refusal, requestId), StandardCharsets.UTF_8);
        FullHttpResponse response = response(requestId, refusal, body, RefusalPage.TYPE);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        response.headers().set("Content-Security-Policy", RefusalPage.POLICY);
        response.headers().set("X-Content-Type-Options", "nosniff");
        response.headers().set("Referrer-Policy", "no-referrer");
        return response;
    }

    private static FullHttpResponse json(HttpMethod method, String requestId, Refusal refusal) {
        byte[] detail = JsonStringEncoder.getInstance().quoteAsUTF8(refusal.detail());
        ByteBuf body = Unpooled.buffer(detail.length + 16)
                .writeBytes(new byte[] {'{', '"', 'd', 'e', 't', 'a', 'i', 'l', '"', ':', '"'})
                .writeBytes(detail)
                .writeBytes(new byte[] {'"', '}'});
        int length = body.readableBytes();
        if (method.equals(HttpMethod.HEAD)) {
            body.clear();
        }
        FullHttpResponse response = response(requestId, refusal, body, "application/json");
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        return response;
    }

    private static FullHttpResponse response(String requestId, Refusal refusal, ByteBuf body, String type) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.mode().status()), body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(REQUEST_ID, requestId);
        headers.set(FAILURE, refusal.mode().code());
        refusal.headers().forEach(headers::set);
        return response;
    }
}
