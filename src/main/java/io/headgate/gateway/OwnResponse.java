package io.headgate.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// How a {@link Refusal} looks on the wire: the shape of Airflow's own errors, so that its clients understand it.
final class OwnResponse {
    static final String REQUEST_ID = "X-Request-Id";
    static final String FAILURE = "X-Headgate-Failure";

    private OwnResponse() {}

    static FullHttpResponse to(HttpMethod method, String requestId, Refusal refusal) {
        byte[] detail = JsonStringEncoder.getInstance().quoteAsUTF8(refusal.detail());
        ByteBuf body = Unpooled.buffer(detail.length + 16)
                .writeBytes(new byte[] {'{', '"', 'd', 'e', 't', 'a', 'i', 'l', '"', ':', '"'})
                .writeBytes(detail)
                .writeBytes(new byte[] {'"', '}'});
        int length = body.readableBytes();
        if (method.equals(HttpMethod.HEAD)) {
            body.clear();
        }
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.mode().status()), body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(REQUEST_ID, requestId);
        headers.set(FAILURE, refusal.mode().code());
        refusal.headers().forEach(headers::set);
        return response;
    }
}
