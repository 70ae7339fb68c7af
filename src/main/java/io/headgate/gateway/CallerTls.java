package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// TLS with a caller: one handshake, within a time, and never another. A second one in a connection of TLS 1.2 costs
/// its
/// sender little and us as much as the first, as often as it likes.
final class CallerTls extends SslHandler {
    /// How a record of a handshake begins (RFC 8446 §5.1). What TLS 1.3 sends after its own looks like data.
    static final byte HANDSHAKE = 0x16;

    CallerTls(SSLEngine engine, Duration limit) {
        super(engine);
        setHandshakeTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf records, List<Object> out) throws SSLException {
        // Records are taken whole, so what is first here is always the beginning of one.
        if (handshakeFuture().isSuccess()
                && records.isReadable()
                && records.getByte(records.readerIndex()) == HANDSHAKE) {
            records.skipBytes(records.readableBytes());
            throw new SSLException("renegotiation");
        }
        super.decode(context, records, out);
    }
}
