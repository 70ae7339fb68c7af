package io.headgate.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to an Airflow; it serves one {@link Exchange} at a time and rests in the {@link UpstreamPool}
/// between.
///
/// Nothing is read unless the exchange asks, except at rest: there a read stands ready to notice that Airflow
/// hung up.
// A write or close that fails ends in channelInactive, where everything is cleaned up.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(UpstreamConnection.class);

    private final Channel channel;
    private final AirflowResponseDecoder decoder;
    private final UpstreamPool pool;
    private final InetSocketAddress address;
    private @Nullable Exchange exchange;
    private boolean reused;
    private boolean settling;
    private long restingSince;

    UpstreamConnection(Channel channel, AirflowResponseDecoder decoder, UpstreamPool pool, InetSocketAddress address) {
        this.channel = channel;
        this.decoder = decoder;
        this.pool = pool;
        this.address = address;
    }

    InetSocketAddress address() {
        return address;
    }

    /// Whether it served an exchange before the present one.
    boolean reused() {
        return reused;
    }

    /// Whether any byte came back for the present exchange.
    boolean answered() {
        return decoder.answered();
    }

    boolean isActive() {
        return channel.isActive();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    boolean hasRestedSince(long nanoTime) {
        return restingSince - nanoTime < 0;
    }

    void serve(Exchange next) {
        exchange = next;
    }

    /// The exchange is over and both messages were complete.
    ///
    /// The connection is kept only after the present read: bytes behind the response, which a plugin that writes
    /// its own headers can produce, must not become the response of the next caller.
    void settle() {
        exchange = null;
        settling = true;
    }

    /// It is in the pool now.
    void rest() {
        reused = true;
        restingSince = System.nanoTime();
        channel.read();
    }

    void read() {
        channel.read();
    }

    /// Begins a request. One that cannot be written would never be answered: then the connection is of no use.
    void write(HttpRequest head) {
        decoder.expectAnswerTo(head.method());
        write((HttpObject) head);
    }

    void write(HttpObject piece) {
        channel.write(piece).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void flush() {
        channel.flush();
    }

    /// Ends the connection; the exchange is not told, because it is the one that asks for this.
    void close() {
        exchange = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Exchange current = exchange;
        if (current == null) {
            // Bytes that nobody asked for: whatever this is, the next response could not be trusted.
            ReferenceCountUtil.release(message);
            channel.close();
        } else {
            current.received((HttpObject) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null) {
            current.receivedForNow();
        } else if (settling) {
            settling = false;
            if (decoder.hasLeftover()) {
                channel.close();
            } else {
                pool.keep(this);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.upstreamDrained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.upstreamClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by Airflow is told by what follows; anything else is a defect of ours.
        if (!(cause instanceof IOException)) {
            LOG.error("unexpected failure on a connection to Airflow", cause);
        }
        context.close();
    }
}
