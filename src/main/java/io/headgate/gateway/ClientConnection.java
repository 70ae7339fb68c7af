package io.headgate.gateway;

import io.headgate.deployment.AirflowChanges;
import io.headgate.gateway.StrictRequestDecoder.HeadBegun;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection of a caller: takes requests strictly one after the other and sees each to its end.
///
/// A request is refused here, or collected and then relayed (bulk), or relayed as it comes. The next one is
/// looked at when the response is written and the body of the last is read away. A caller who is refused while
/// still sending gets the answer first: our half of the connection is shut, and for a moment we go on reading,
/// because closing at once would make the caller's system throw the answer away.
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ClientConnection.class);

    private final CallerChannel caller;
    private final GatewayContext gateway;
    private final GatewaySettings.Timeouts timeouts;
    private final EventLoopResources resources;
    private final Inbox inbox;
    private final ProgressTimer timer;

    private Phase phase = Phase.IDLE;
    private RequestAtHand at = RequestAtHand.none();
    private boolean keepAlive;
    private boolean responseBegun;
    private @Nullable BulkCollector collector;
    private @Nullable Exchange exchange;
    private @Nullable Passage changing;

    ClientConnection(Channel channel, GatewayContext gateway, EventLoopResources resources) {
        this.caller = new CallerChannel(channel);
        this.gateway = gateway;
        this.timeouts = gateway.settings().timeouts();
        this.resources = resources;
        this.inbox = new Inbox(this::take, caller::read);
        this.timer = new ProgressTimer(channel.eventLoop());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expectRequest();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.LINGERING) {
            ReferenceCountUtil.release(message);
        } else {
            inbox.offer((HttpObject) message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == HeadBegun.HEAD_BEGUN && phase == Phase.IDLE) {
            timer.watch(timeouts.requestHead(), () -> refuseForGood(MessageRules.late("headers")));
        } else if (event instanceof SslCloseCompletionEvent) {
            // The end of what a caller sends ends the connection, over TLS as without.
            caller.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && caller.isWritable()) {
            current.clientDrained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.stop();
        resources.waiting().leave(caller);
        inbox.clear();
        releaseCollected();
        Exchange current = exchange;
        exchange = null;
        changed(AirflowChanges.Change.NO_ANSWER);
        if (current != null) {
            current.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by the caller or bad TLS ends up here and is no news; a defect of ours does too and must be seen.
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            abort();
            return;
        }
        LOG.errorf(cause, "%s: unexpected failure", at.id());
        if (phase == Phase.LINGERING || responseBegun || exchange != null) {
            abort();
        } else {
            refuseForGood(Refusal.of(FailureMode.INTERNAL, "Internal error; the request id leads to it"));
        }
    }

    /// The gateway is stopping: no further request on this connection.
    void drain() {
        keepAlive = false;
        if (phase == Phase.IDLE) {
            caller.close();
        }
    }

    // What an exchange asks of its client.

    String requestId() {
        return at.id();
    }

    boolean isWritable() {
        return caller.isWritable();
    }

    /// Asks for the next piece of the body.
    void wantBody() {
        if (at.bodyEnded()) {
            return;
        }
        if (at.takeContinue()) {
            caller.sayContinue();
        }
        inbox.want();
    }

    void beginResponse(HttpResponse response) {
        if (response.status().code() < HttpResponseStatus.BAD_REQUEST.code()) {
            changed(response.status().code());
        }
        changing = null;
        RelayedResponse relayed = RelayedResponse.of(at.head(), response, at.id());
        // The rest of a body that Airflow did not want is not worth waiting for.
        keepAlive = keepAlive
                && at.bodyEnded()
                && !relayed.endsWithConnection()
                && !gateway.draining().getAsBoolean();
        if (!keepAlive) {
            relayed.head().headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        responseBegun = true;
        caller.write(relayed.head());
    }

    void writeBody(HttpContent piece) {
        caller.write(piece);
    }

    void flush() {
        caller.flush();
    }

    void endResponse() {
        exchange = null;
        finish();
    }

    /// Answers instead of Airflow; only before a response has begun.
    void refuse(Refusal refusal) {
        exchange = null;
        if (refusal.mode().leavesOutcomeOpen()) {
            changed(AirflowChanges.Change.NO_ANSWER);
        }
        answer(OwnResponse.to(at.head(), at.id(), refusal));
    }

    private void answer(FullHttpResponse response) {
        changing = null;
        releaseCollected();
        keepAlive = keepAlive
                && !gateway.draining().getAsBoolean()
                && at.isWorthReadingAway(gateway.settings().limits());
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        responseBegun = true;
        caller.write(response);
        finish();
    }

    /// Ends the connection so that nobody can take what was sent for complete.
    void abort() {
        caller.reset();
    }

    // One request after the other.

    private void expectRequest() {
        phase = Phase.IDLE;
        resources.waiting().enter(caller);
        at = RequestAtHand.none();
        responseBegun = false;
        timer.watch(timeouts.clientIdle(), caller::close);
        inbox.want();
    }

    private void take(HttpObject piece) {
        if (piece instanceof HttpRequest head) {
            begin(head);
        } else if (piece instanceof HttpContent content) {
            at.bodyPiece(content);
            if (content.decoderResult().isFailure()) {
                content.release();
                bodyIsBroken();
            } else {
                takeBody(content);
            }
        }
    }

    private void begin(HttpRequest head) {
        at = RequestAtHand.begun(head);
        keepAlive = HttpUtil.isKeepAlive(head) && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (head.decoderResult().isFailure()) {
            refuseForGood(StrictRequestDecoder.refusalOf(head));
        } else if (!MessageRules.isSpoken(head.protocolVersion())) {
            refuseForGood(Refusal.of(FailureMode.VERSION_UNSUPPORTED, "HTTP/1.1 is spoken here"));
        } else {
            Admitted admitted = gateway.admit(head, caller.peer(), caller.isSecure());
            gateway.observe(admitted, head, at.id(), caller.peer());
            switch (admitted) {
                case Admitted.Refused refused -> refuse(refused.refusal());
                case Admitted.Led(Lead lead) -> answer(OwnResponse.leading(at.id(), lead));
                case Admitted.ToForward(Passage passage) ->
                    relay(passage, Outbound.streaming(head, passage, arrival(passage)));
                case Admitted.ToInspect(Passage passage, BulkRule rule) -> collect(passage, rule);
            }
        }
    }

    private void takeBody(HttpContent piece) {
        Exchange current = exchange;
        switch (phase) {
            case COLLECTING -> addToCollected(piece);
            case RELAYING -> {
                if (current != null && current.relaysBody()) {
                    current.send(piece);
                } else {
                    piece.release();
                }
                if (at.bodyEnded()) {
                    inbox.watch();
                }
            }
            case DISCARDING -> {
                long discarded = at.discard(piece);
                if (discarded > gateway.settings().limits().discardedBytes()) {
                    linger();
                } else {
                    finish();
                }
            }
            case IDLE, LINGERING -> piece.release();
        }
    }

    private void collect(Passage passage, BulkRule rule) {
        int limit = gateway.settings().limits().bulkBodyBytes();
        Optional<Refusal> objection = BulkCollector.objection(at.head(), limit);
        if (objection.isPresent()) {
            refuse(objection.get());
            return;
        }
        phase = Phase.COLLECTING;
        resources.waiting().leave(caller);
        collector = new BulkCollector(passage, rule, limit, caller.allocator());
        timer.watch(
                timeouts.requestBody(), timeouts.wholeRequestBody(), () -> refuseForGood(MessageRules.late("body")));
        wantBody();
    }

    private void addToCollected(HttpContent piece) {
        BulkCollector collecting = collector;
        if (collecting == null) {
            piece.release();
            return;
        }
        timer.progress();
        Optional<Refusal> objection = collecting.add(piece);
        piece.release();
        if (objection.isEmpty() && !at.bodyEnded()) {
            wantBody();
            return;
        }
        objection = objection.or(collecting::objection);
        if (objection.isPresent()) {
            gateway.observe(collecting.passage(), objection.get(), at.head(), at.id(), caller.peer());
            refuse(objection.get());
            return;
        }
        collector = null;
        Passage passage = collecting.passage();
        relay(passage, Outbound.holding(at.head(), passage, arrival(passage), collecting.body()));
        inbox.watch();
    }

    private void relay(Passage passage, Outbound outbound) {
        phase = Phase.RELAYING;
        changing = GatewayContext.changes(at.head(), passage) ? passage : null;
        resources.waiting().leave(caller);
        Exchange next = new Exchange(this, resources.upstreams(), outbound, timer, gateway.settings());
        exchange = next;
        next.start();
        if (!next.relaysBody() && phase == Phase.RELAYING) {
            wantBody();
        }
    }

    /// Records the change under way, if there is one, and that only once.
    private void changed(int status) {
        Passage passage = changing;
        changing = null;
        if (passage != null) {
            gateway.changed(passage, at.head(), at.id(), caller.peer(), status);
        }
    }

    private Outbound.Arrival arrival(Passage passage) {
        return new Outbound.Arrival(
                at.head().headers().get(HttpHeaderNames.HOST, ""),
                gateway.proxies().isHttps(at.head(), caller.peer(), caller.isSecure()),
                at.id(),
                resources.minter().mint(passage));
    }

    private void bodyIsBroken() {
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.clientGone();
        }
        if (responseBegun) {
            abort();
        } else {
            refuseForGood(Refusal.of(FailureMode.REQUEST_MALFORMED, "Refused: the body is not framed correctly"));
        }
    }

    private void refuseForGood(Refusal refusal) {
        keepAlive = false;
        refuse(refusal);
    }

    /// The response is written: on to the next request when the body of this one is away.
    private void finish() {
        caller.flush();
        if (!keepAlive) {
            linger();
        } else if (at.bodyEnded()) {
            expectRequest();
        } else {
            // One watch for all of it: what is thrown away may not come one byte at a time.
            if (phase != Phase.DISCARDING) {
                phase = Phase.DISCARDING;
                resources.waiting().enter(caller);
                timer.watch(timeouts.requestBody(), caller::close);
            }
            inbox.want();
        }
    }

    private void linger() {
        phase = Phase.LINGERING;
        inbox.clear();
        timer.watch(timeouts.responseIdle(), caller::close);
        caller.shut(() -> timer.watch(timeouts.linger(), caller::close));
    }

    private void releaseCollected() {
        BulkCollector collecting = collector;
        collector = null;
        if (collecting != null) {
            collecting.release();
        }
    }
}
