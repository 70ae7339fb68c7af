package io.headgate.gateway;

import io.headgate.gateway.StrictRequestDecoder.HeadBegun;
import io.headgate.gateway.StrictRequestDecoder.Malformed;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection of a caller: takes requests strictly one after the other and sees each to its end.
///
/// A request is refused here, or collected and then relayed (bulk), or relayed as it comes. The next one is
/// looked at when the response is written and the body of the last is read away. A caller who is refused while
/// still sending gets the answer first: our half of the connection is shut, and for a moment we go on reading,
/// because closing at once would make the caller's system throw the answer away.
// A write or close that fails ends in channelInactive, where everything is cleaned up.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ClientConnection.class);
    private static final HttpRequest NONE = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    private final Channel channel;
    private final GatewaySettings settings;
    private final Admission admission;
    private final TrustedProxies proxies;
    private final EventLoopResources resources;
    private final BooleanSupplier draining;
    private final Inbox inbox;
    private final ProgressTimer timer;

    private Phase phase = Phase.IDLE;
    private HttpRequest request = NONE;
    private String requestId = "";
    private boolean keepAlive;
    private boolean bodyEnded;
    private boolean continueOwed;
    private boolean responseBegun;
    private long discarded;
    private @Nullable BulkCollector collector;
    private @Nullable Exchange exchange;

    ClientConnection(
            Channel channel,
            GatewaySettings settings,
            Admission admission,
            TrustedProxies proxies,
            EventLoopResources resources,
            BooleanSupplier draining) {
        this.channel = channel;
        this.settings = settings;
        this.admission = admission;
        this.proxies = proxies;
        this.resources = resources;
        this.draining = draining;
        this.inbox = new Inbox(this::take, channel::read);
        this.timer = new ProgressTimer(channel.eventLoop());
    }

    private enum Phase {
        /// Between requests, or in the head of one.
        IDLE,
        /// Reading the body of a bulk request.
        COLLECTING,
        /// An exchange is under way.
        RELAYING,
        /// Answered; reading the rest of the body before the next request.
        DISCARDING,
        /// Answered for the last time; reading until the caller hangs up.
        LINGERING
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
            timer.watch(
                    settings.timeouts().requestHead(),
                    () -> refuseForGood(Refusal.of(FailureMode.REQUEST_TIMEOUT, "the headers did not arrive in time")));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.clientDrained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.stop();
        inbox.clear();
        releaseCollected();
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by the caller ends up here and is no news; a defect of ours does too and must be seen.
        if (cause instanceof java.io.IOException) {
            LOG.debugf("%s: %s", requestId, cause.getClass().getSimpleName());
        } else {
            LOG.errorf(cause, "%s: unexpected failure", requestId);
        }
        abort();
    }

    /// The gateway is stopping: no further request on this connection.
    void drain() {
        keepAlive = false;
        if (phase == Phase.IDLE) {
            channel.close();
        }
    }

    // What an exchange asks of its client.

    String requestId() {
        return requestId;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /// Asks for the next piece of the body.
    void wantBody() {
        if (bodyEnded) {
            return;
        }
        if (continueOwed) {
            continueOwed = false;
            channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        inbox.want();
    }

    void beginResponse(HttpResponse response) {
        RelayedResponse relayed = RelayedResponse.of(request, response, requestId);
        keepAlive &= !relayed.endsWithConnection() && !draining.getAsBoolean();
        // The rest of a body that Airflow did not want is not worth waiting for.
        keepAlive &= bodyEnded;
        if (!keepAlive) {
            relayed.head().headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        responseBegun = true;
        write(relayed.head());
    }

    void writeBody(HttpContent piece) {
        write(piece);
    }

    void flush() {
        channel.flush();
    }

    void endResponse() {
        exchange = null;
        finish();
    }

    /// Answers instead of Airflow; only before a response has begun.
    void refuse(Refusal refusal) {
        exchange = null;
        releaseCollected();
        keepAlive &= !draining.getAsBoolean() && restIsSmall();
        FullHttpResponse response = OwnResponse.to(request.method(), requestId, refusal);
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        responseBegun = true;
        write(response);
        finish();
    }

    /// Ends the connection so that nobody can take what was sent for complete.
    void abort() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    // One request after the other.

    private void expectRequest() {
        phase = Phase.IDLE;
        responseBegun = false;
        timer.watch(settings.timeouts().clientIdle(), channel::close);
        inbox.want();
    }

    private void take(HttpObject piece) {
        if (piece instanceof HttpRequest head) {
            begin(head);
        } else if (piece instanceof HttpContent content) {
            bodyEnded |= content instanceof LastHttpContent;
            if (content.decoderResult().isFailure()) {
                content.release();
                bodyIsBroken();
            } else {
                takeBody(content);
            }
        }
    }

    private void begin(HttpRequest head) {
        request = head;
        requestId = RequestIds.next();
        bodyEnded = false;
        discarded = 0;
        keepAlive = HttpUtil.isKeepAlive(head) && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        continueOwed = MessageRules.expectsContinue(head.headers()) && keepAliveVersion(head);
        if (head.decoderResult().isFailure()) {
            refuseForGood(refusalOf(head.decoderResult().cause()));
        } else if (!isSpoken(head.protocolVersion())) {
            refuseForGood(Refusal.of(FailureMode.VERSION_UNSUPPORTED, "HTTP/1.1 is spoken here"));
        } else {
            switch (admission.admit(head)) {
                case Admitted.Refused(Refusal refusal) -> refuse(refusal);
                case Admitted.ToForward(Passage passage) -> relay(Outbound.streaming(head, passage, arrival(passage)));
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
                if (bodyEnded) {
                    inbox.watch();
                }
            }
            case DISCARDING -> {
                discarded += piece.content().readableBytes();
                piece.release();
                if (discarded > settings.limits().discardedBytes()) {
                    linger();
                } else {
                    finish();
                }
            }
            case IDLE, LINGERING -> piece.release();
        }
    }

    private void collect(Passage passage, BulkRule rule) {
        int limit = settings.limits().bulkBodyBytes();
        Optional<Refusal> objection = BulkCollector.objection(request, limit);
        if (objection.isPresent()) {
            refuse(objection.get());
            return;
        }
        phase = Phase.COLLECTING;
        collector = new BulkCollector(passage, rule, limit, channel.alloc());
        timer.watch(
                settings.timeouts().requestBody(),
                () -> refuseForGood(
                        Refusal.of(FailureMode.REQUEST_TIMEOUT, "the body of the request did not arrive in time")));
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
        if (objection.isEmpty() && !bodyEnded) {
            wantBody();
            return;
        }
        objection = objection.or(collecting::objection);
        if (objection.isPresent()) {
            refuse(objection.get());
            return;
        }
        collector = null;
        Passage passage = collecting.passage();
        relay(Outbound.holding(request, passage, arrival(passage), collecting.body()));
        inbox.watch();
    }

    private void relay(Outbound outbound) {
        phase = Phase.RELAYING;
        Exchange next = new Exchange(this, resources.upstreams(), outbound, timer, settings.timeouts());
        exchange = next;
        next.start();
        if (!next.relaysBody() && phase == Phase.RELAYING) {
            wantBody();
        }
    }

    private Outbound.Arrival arrival(Passage passage) {
        boolean secure = proxies.contains(channel.remoteAddress())
                && "https".equalsIgnoreCase(request.headers().get("X-Forwarded-Proto"));
        return new Outbound.Arrival(
                request.headers().get(HttpHeaderNames.HOST, ""),
                secure ? "https" : "http",
                requestId,
                resources.minter().mint(passage));
    }

    private void bodyIsBroken() {
        Refusal refusal = Refusal.of(FailureMode.REQUEST_MALFORMED, "Refused: the body is not framed correctly");
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.clientGone();
        }
        if (responseBegun) {
            abort();
        } else {
            refuseForGood(refusal);
        }
    }

    private void refuseForGood(Refusal refusal) {
        keepAlive = false;
        if (requestId.isEmpty() || phase == Phase.IDLE) {
            requestId = RequestIds.next();
        }
        refuse(refusal);
    }

    // The end of a response.

    private void write(HttpObject piece) {
        ChannelFuture written = channel.write(piece);
        written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// The response is written: on to the next request when the body of this one is away.
    private void finish() {
        channel.flush();
        if (!keepAlive) {
            linger();
        } else if (bodyEnded) {
            expectRequest();
        } else {
            phase = Phase.DISCARDING;
            timer.watch(settings.timeouts().requestBody(), channel::close);
            inbox.want();
        }
    }

    private void linger() {
        phase = Phase.LINGERING;
        inbox.clear();
        timer.watch(settings.timeouts().linger(), channel::close);
        // The empty write comes after everything that is still on its way out.
        channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel instanceof DuplexChannel socket && socket.isActive()) {
                socket.shutdownOutput();
            }
        });
        channel.config().setAutoRead(true);
    }

    private boolean restIsSmall() {
        if (bodyEnded) {
            return true;
        }
        return !continueOwed
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) <= settings.limits().discardedBytes();
    }

    private void releaseCollected() {
        BulkCollector collecting = collector;
        collector = null;
        if (collecting != null) {
            collecting.release();
        }
    }

    private static boolean keepAliveVersion(HttpRequest head) {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private static boolean isSpoken(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    private static Refusal refusalOf(Throwable cause) {
        return switch (cause) {
            case Malformed malformed -> malformed.refusal();
            case TooLongFrameException _ -> Refusal.of(FailureMode.HEADERS_TOO_LARGE, "Refused: too many headers");
            default -> Refusal.of(FailureMode.REQUEST_MALFORMED, "Refused: the request is not HTTP/1.1");
        };
    }
}
