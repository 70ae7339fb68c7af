package io.headgate.gateway;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/// The request that a connection is at, and how much of its body has come.
final class RequestAtHand {
    private static final HttpRequest UNREAD = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    private final HttpRequest head;
    private String id = "";
    private boolean bodyEnded;
    private boolean continueOwed;
    private long discarded;

    private RequestAtHand(HttpRequest head) {
        this.head = head;
    }

    /// Between two requests; what is refused then is answered as the simplest of them.
    static RequestAtHand none() {
        return new RequestAtHand(UNREAD);
    }

    static RequestAtHand begun(HttpRequest head) {
        RequestAtHand request = new RequestAtHand(head);
        request.continueOwed = MessageRules.expectsContinue(head.headers());
        return request;
    }

    HttpRequest head() {
        return head;
    }

    /// Under which it is found in logs and in the audit log; made when somebody asks first.
    String id() {
        if (id.isEmpty()) {
            id = RequestIds.next();
        }
        return id;
    }

    boolean bodyEnded() {
        return bodyEnded;
    }

    void bodyPiece(HttpContent piece) {
        bodyEnded |= piece instanceof LastHttpContent;
    }

    /// Whether the caller waits to be told to go on; it is told once.
    boolean takeContinue() {
        boolean owed = continueOwed;
        continueOwed = false;
        return owed;
    }

    /// Throws a piece of the body away, and counts all that were: in bytes.
    long discard(HttpContent piece) {
        discarded += piece.content().readableBytes();
        piece.release();
        return discarded;
    }

    /// Whether the connection can be kept for the price of the rest of the body.
    boolean isWorthReadingAway(GatewaySettings.Limits limits) {
        return bodyEnded || (!continueOwed && MessageRules.hasSmallBody(head, limits));
    }
}
