package io.headgate.gateway;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/// The head of Airflow's response as the caller gets it, framed for what the caller speaks.
///
/// @param endsWithConnection whether only closing the connection can show where the body ends
record RelayedResponse(HttpResponse head, boolean endsWithConnection) {

    static RelayedResponse of(HttpRequest request, HttpResponse response, String requestId) {
        HttpHeaders headers = HeaderPolicy.towardsCaller(response.headers());
        headers.set(OwnResponse.REQUEST_ID, requestId);
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        boolean endsWithConnection = false;
        if (length != null) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (hasBody(request, response)) {
            endsWithConnection = !request.protocolVersion().equals(HttpVersion.HTTP_1_1);
            if (!endsWithConnection) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
        return new RelayedResponse(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.status(), headers), endsWithConnection);
    }

    private static boolean hasBody(HttpRequest request, HttpResponse response) {
        return switch (response.status().code()) {
            case 204, 205, 304 -> false;
            default -> !request.method().equals(HttpMethod.HEAD);
        };
    }
}
