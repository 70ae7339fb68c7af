package io.headgate.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// The socket of a caller, with the three ways in which it can end: closed, shut after the last byte, or reset.
// A write or close that fails ends in channelInactive, where everything is cleaned up.
@SuppressWarnings("FutureReturnValueIgnored")
final class CallerChannel {
    private final Channel channel;

    CallerChannel(Channel channel) {
        this.channel = channel;
    }

    void read() {
        channel.read();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    SocketAddress peer() {
        return channel.remoteAddress();
    }

    void write(HttpObject piece) {
        channel.write(piece).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    void flush() {
        channel.flush();
    }

    void sayContinue() {
        channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    /// Whether the caller's own connection is TLS; what lies before a proxy only that knows.
    boolean isSecure() {
        return tls() != null;
    }

    /// Over TLS with the message that says so, if the socket takes it at once: a close that waited for it would let who
    /// never reads keep a place beyond the limit.
    void close() {
        CallerTls tls = tls();
        if (tls != null) {
            tls.closeOutbound();
        }
        closeSocket();
    }

    /// A reset: nobody can take what was sent for complete, not even where the end of the connection ends a body.
    void reset() {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        closeSocket();
    }

    /// Shuts our half when everything is written, and from now on throws away what comes. Closing both halves at
    /// once would make the caller's system drop the answer if it was still sending.
    void shut(Runnable whenShut) {
        channel.config().setAutoRead(true);
        // The empty write comes after everything that is still on its way out.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            CallerTls tls = tls();
            if (tls == null) {
                shutSocket(whenShut);
            } else {
                tls.closeOutbound().addListener(_ -> shutSocket(whenShut));
            }
        });
    }

    private void shutSocket(Runnable whenShut) {
        if (channel instanceof DuplexChannel socket && socket.isActive()) {
            // Nobody will ask for the rest: it need not be decrypted.
            channel.pipeline().addFirst(new ReadAway());
            socket.shutdownOutput();
            whenShut.run();
        }
    }

    /// Past TLS, which would send its own message of a clean end, and wait for that.
    private void closeSocket() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    private @Nullable CallerTls tls() {
        return channel.pipeline().get(CallerTls.class);
    }

    private static final class ReadAway extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
