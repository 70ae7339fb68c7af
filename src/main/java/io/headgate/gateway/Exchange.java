package io.headgate.gateway;

import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request on its way to Airflow and its response on the way back.
///
/// 1. A connection is taken from the pool or made. Nothing of the body is read before there is one.
/// 2. Head and body are written as they come. A piece is asked for only when the one before it fits into the
///    outgoing buffer, in both directions: a slow reader slows the writer, and a pass costs a fixed amount of
///    memory.
/// 3. If a kept connection turns out to be dead before any byte came back, a {@link Outbound#repeatable} request
///    is sent once more on a new one. Nothing else is ever sent twice.
/// 4. Until the response has begun, failure is an answer with a reason. Afterwards it is a broken connection: a
///    response that was cut off must never look complete.
/// 5. When both messages are complete the connection returns to the pool; in any other case it is closed.
///
/// Everything happens on the event loop of the client's connection.
final class Exchange {
    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ClientConnection client;
    private final UpstreamPool pool;
    private final Outbound request;
    private final ProgressTimer timer;
    private final GatewaySettings.Timeouts timeouts;
    private final int bodyBytesMax;

    private @Nullable UpstreamConnection upstream;
    private @Nullable SuspectedRefusal suspected;
    private boolean repeated;
    private long bodyBytes;
    private boolean requestSent;
    private boolean responseBegun;
    private boolean interim;
    private boolean connectionReusable;
    private boolean readPaused;
    private boolean over;

    Exchange(
            ClientConnection client,
            UpstreamPool pool,
            Outbound request,
            ProgressTimer timer,
            GatewaySettings settings) {
        this.client = client;
        this.pool = pool;
        this.request = request;
        this.timer = timer;
        this.timeouts = settings.timeouts();
        this.bodyBytesMax = settings.limits().bodyBytes();
    }

    void start() {
        // The connect timeout is the socket's; this one only backs it up.
        timer.watch(timeouts.connect().multipliedBy(2), this::connectFailed);
        pool.reuseOrConnect(request.address(), this);
    }

    boolean relaysBody() {
        return request.body() instanceof Outbound.Body.Streamed;
    }

    // From the pool.

    void connected(UpstreamConnection connection) {
        if (over) {
            connection.close();
            return;
        }
        upstream = connection;
        connection.write(request.head());
        switch (request.body()) {
            case Outbound.Body.Empty _ -> finishRequest(connection, LastHttpContent.EMPTY_LAST_CONTENT);
            case Outbound.Body.Held(var bytes) -> finishRequest(connection, new DefaultLastHttpContent(bytes.retain()));
            case Outbound.Body.Streamed _ -> {
                connection.flush();
                timer.watch(timeouts.requestBody(), timeouts.wholeRequestBody(), this::bodyStalled);
                client.wantBody();
            }
        }
        connection.read();
    }

    void connectFailed() {
        fail(Refusal.retryLater(
                FailureMode.AIRFLOW_UNREACHABLE, "Airflow of this Deployment does not answer", RETRY_AFTER_SECONDS));
    }

    // From the client.

    void send(HttpContent piece) {
        UpstreamConnection connection = upstream;
        if (over || connection == null) {
            piece.release();
            return;
        }
        timer.progress();
        bodyBytes += piece.content().readableBytes();
        if (bodyBytes > bodyBytesMax) {
            piece.release();
            // What came before is on its way already, but Airflow acts on whole bodies only.
            fail(MessageRules.bodyTooLarge(bodyBytesMax));
            return;
        }
        if (piece instanceof LastHttpContent) {
            // Trailers end here: nothing in Airflow reads them, and they would pass by the header policy.
            finishRequest(connection, new DefaultLastHttpContent(piece.content()));
            return;
        }
        connection.write(piece);
        connection.flush();
        if (connection.isWritable()) {
            client.wantBody();
        }
    }

    void clientDrained() {
        UpstreamConnection connection = upstream;
        if (readPaused && connection != null) {
            readPaused = false;
            timer.progress();
            connection.read();
        }
    }

    void clientGone() {
        end();
        closeUpstream();
    }

    // From the upstream connection.

    void received(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            malformed("a response that is not HTTP");
        } else if (message instanceof HttpResponse response) {
            receiveHead(response);
        } else if (message instanceof HttpContent piece) {
            receivePiece(piece);
        }
    }

    void receivedForNow() {
        client.flush();
        UpstreamConnection connection = upstream;
        if (over || connection == null) {
            return;
        }
        timer.progress();
        if (client.isWritable()) {
            connection.read();
        } else {
            readPaused = true;
        }
    }

    void upstreamDrained() {
        if (!over && relaysBody() && !requestSent) {
            timer.progress();
            client.wantBody();
        }
    }

    void upstreamClosed() {
        UpstreamConnection dead = upstream;
        upstream = null;
        if (over || dead == null) {
            return;
        }
        if (!responseBegun && !repeated && dead.reused() && !dead.answered() && request.repeatable()) {
            repeated = true;
            timer.watch(timeouts.connect().multipliedBy(2), this::connectFailed);
            pool.connect(request.address(), this);
            return;
        }
        LOG.warnf("%s: Airflow closed the connection before its response was complete", client.requestId());
        fail(Refusal.of(FailureMode.AIRFLOW_CLOSED, "Airflow closed the connection without an answer"));
    }

    private void finishRequest(UpstreamConnection connection, LastHttpContent last) {
        requestSent = true;
        connection.write(last);
        connection.flush();
        if (!responseBegun) {
            timer.watch(timeouts.responseHead(), this::headStalled);
        }
    }

    private void receiveHead(HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                malformed("a switch to another protocol");
            }
            interim = true;
            return;
        }
        if (response.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            refusedGateway();
            return;
        }
        connectionReusable = HttpUtil.isKeepAlive(response);
        if (SuspectedRefusal.fits(response)) {
            suspected = SuspectedRefusal.holding(response);
        } else {
            beginResponse(response);
        }
    }

    private void beginResponse(HttpResponse response) {
        responseBegun = true;
        Duration idle = switch (request.route().pace()) {
            case ORDINARY -> timeouts.responseIdle();
            case STREAM -> timeouts.streamIdle();
        };
        timer.watch(idle, this::responseStalled);
        client.beginResponse(response);
    }

    private void receivePiece(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        if (over || interim) {
            piece.release();
            interim = interim && !last;
            return;
        }
        SuspectedRefusal held = suspected;
        if (held == null) {
            client.writeBody(last ? new DefaultLastHttpContent(piece.content()) : piece);
        } else {
            held.add(piece);
            piece.release();
            if (last) {
                resolve(held);
            }
        }
        if (last && !over) {
            complete();
        }
    }

    private void resolve(SuspectedRefusal held) {
        suspected = null;
        if (held.isAboutTheGateway()) {
            refusedGateway();
        } else {
            beginResponse(held.head());
            client.writeBody(new DefaultLastHttpContent(held.body()));
        }
    }

    private void complete() {
        UpstreamConnection connection = upstream;
        end();
        if (connection != null && connectionReusable && requestSent) {
            upstream = null;
            connection.settle();
        } else {
            closeUpstream();
        }
        client.endResponse();
    }

    private void refusedGateway() {
        LOG.errorf(
                "%s: Airflow refused the gateway's own token on %s; check the Deployment's secret and both clocks",
                client.requestId(), request.route().template());
        fail(Refusal.of(
                FailureMode.AIRFLOW_REFUSED_GATEWAY,
                "Airflow did not accept the gateway; your token is fine, the operator of Headgate must look at this"));
    }

    private void malformed(String what) {
        LOG.warnf(
                "%s: Airflow sent %s on %s",
                client.requestId(), what, request.route().template());
        fail(Refusal.of(FailureMode.AIRFLOW_MALFORMED, "Airflow sent something that is not a response"));
    }

    private void bodyStalled() {
        UpstreamConnection connection = upstream;
        fail(
                connection != null && connection.isWritable()
                        ? MessageRules.late("body")
                        : Refusal.of(FailureMode.AIRFLOW_TIMEOUT, "Airflow stopped reading the request"));
    }

    private void headStalled() {
        LOG.warnf(
                "%s: no response on %s in time",
                client.requestId(), request.route().template());
        fail(Refusal.of(
                FailureMode.AIRFLOW_TIMEOUT,
                "Airflow did not answer within %d s"
                        .formatted(timeouts.responseHead().toSeconds())));
    }

    private void responseStalled() {
        LOG.warnf(
                "%s: response on %s stalled",
                client.requestId(), request.route().template());
        fail(Refusal.of(FailureMode.AIRFLOW_TIMEOUT, "the response stalled"));
    }

    private void fail(Refusal refusal) {
        if (over) {
            return;
        }
        end();
        closeUpstream();
        if (responseBegun) {
            client.abort();
        } else {
            client.refuse(refusal);
        }
    }

    private void end() {
        if (!over && request.body() instanceof Outbound.Body.Held(var bytes)) {
            bytes.release();
        }
        over = true;
    }

    private void closeUpstream() {
        UpstreamConnection connection = upstream;
        upstream = null;
        if (connection != null) {
            connection.close();
        }
    }
}
