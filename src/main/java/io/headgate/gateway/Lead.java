package io.headgate.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/// An answer of the gateway that takes a browser elsewhere.
///
/// @param cookies each the value of a `Set-Cookie`
record Lead(HttpResponseStatus status, String location, List<String> cookies) {
    Lead {
        cookies = List.copyOf(cookies);
    }

    static Lead to(String location, String... cookies) {
        return new Lead(HttpResponseStatus.FOUND, location, List.of(cookies));
    }

    @Override
    public String toString() {
        return "Lead[" + status + "]";
    }
}
