package io.headgate.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;

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

    void close() {
        channel.close();
    }

    /// A reset: nobody can take what was sent for complete, not even where the end of the connection ends a body.
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /// Shuts our half when everything is written, and from now on throws away what comes. Closing both halves at
    /// once would make the caller's system drop the answer if it was still sending.
    void shut(Runnable whenShut) {
        channel.config().setAutoRead(true);
        // The empty write comes after everything that is still on its way out.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel instanceof DuplexChannel socket && socket.isActive()) {
                socket.shutdownOutput();
                whenShut.run();
            }
        });
    }
}
