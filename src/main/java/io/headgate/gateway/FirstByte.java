package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;

/// Tells http from https by the first byte of a connection, and is gone: a TLS client begins with a handshake record,
/// and no method of HTTP begins with that byte.
final class FirstByte extends ChannelInboundHandlerAdapter {
    private final TlsContexts tls;
    private final GatewaySettings.Timeouts timeouts;

    FirstByte(TlsContexts tls, GatewaySettings.Timeouts timeouts) {
        this.tls = tls;
        this.timeouts = timeouts;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!bytes.isReadable()) {
            ReferenceCountUtil.release(message);
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        if (bytes.getByte(bytes.readerIndex()) == CallerTls.HANDSHAKE) {
            pipeline.replace(this, null, new CallerTls(tls.newEngine(), timeouts.requestHead()));
        } else {
            pipeline.remove(this);
        }
        // What replaced this handler comes next from here, or the decoder does.
        context.fireChannelRead(message);
    }
}
