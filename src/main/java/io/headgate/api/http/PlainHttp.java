package io.headgate.api.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// HTTP/1.1 alone: HTTP/2 without TLS is a second way to frame requests, which a server in front that passes upgrades
/// on
/// would not look into, and nobody needs it.
@Singleton
final class PlainHttp implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
