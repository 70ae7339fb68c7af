package io.headgate.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;

/// Netty's decoder behind a {@link HeadScan}: a head reaches it whole and clean, or not at all.
///
/// A message whose length could be understood in two ways (RFC 9112 §6.3) carries a {@link Malformed} in its
/// result; after it nothing more is read from the connection.
final class StrictRequestDecoder extends HttpRequestDecoder {
    /// Pieces of a body are as large as one read from the socket.
    private static final int PIECE_BYTES = 64 * 1024;

    private final GatewaySettings.Limits limits;
    private HeadScan scan;
    private int scanned;
    private boolean inHead = true;
    private boolean broken;
    private int contentLengths;

    StrictRequestDecoder(GatewaySettings.Limits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.headBytes())
                .setMaxHeaderSize(limits.headBytes())
                .setMaxChunkSize(PIECE_BYTES)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.limits = limits;
        this.scan = new HeadScan(limits);
    }

    /// The event that part of a head has come; from here on the rest must follow soon.
    enum HeadBegun {
        HEAD_BEGUN
    }

    /// Why a message could not be read.
    static Refusal refusalOf(HttpRequest unreadable) {
        return switch (unreadable.decoderResult().cause()) {
            case Malformed malformed -> malformed.refusal;
            case TooLongFrameException _ -> Refusal.of(FailureMode.HEADERS_TOO_LARGE, "Refused: too many headers");
            case null, default -> Refusal.of(FailureMode.REQUEST_MALFORMED, "Refused: the request is not HTTP/1.1");
        };
    }

    private static final class Malformed extends Exception {
        private final transient Refusal refusal;

        private Malformed(Refusal refusal) {
            super(refusal.detail(), null, false, false);
            this.refusal = refusal;
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (broken) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (inHead && !headIsReadable(context, buffer, out)) {
            return;
        }
        int before = out.size();
        super.decode(context, buffer, out);
        for (Object decoded : out.subList(before, out.size())) {
            if (decoded instanceof HttpRequest request) {
                inHead = false;
                refuseUnclearLength(request);
            }
            if (decoded instanceof LastHttpContent) {
                expectNextHead();
            }
        }
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        AsciiString name = super.splitHeaderName(bytes, start, length);
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
            contentLengths++;
        }
        return name;
    }

    private boolean headIsReadable(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) {
        int from = buffer.readerIndex() + scanned;
        buffer.forEachByte(from, buffer.writerIndex() - from, scan);
        return switch (scan.state()) {
            case HeadScan.State.Complete _ -> true;
            case HeadScan.State.Incomplete _ -> {
                if (scanned == 0 && buffer.isReadable()) {
                    context.fireUserEventTriggered(HeadBegun.HEAD_BEGUN);
                }
                scanned = buffer.readableBytes();
                yield false;
            }
            case HeadScan.State.Faulty(Refusal refusal) -> {
                broken = true;
                buffer.skipBytes(buffer.readableBytes());
                HttpRequest unreadable = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
                unreadable.setDecoderResult(DecoderResult.failure(new Malformed(refusal)));
                out.add(unreadable);
                yield false;
            }
        };
    }

    private void refuseUnclearLength(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> transferEncodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunkedOnly = transferEncodings.isEmpty()
                || (transferEncodings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(transferEncodings.getFirst()));
        boolean both = !transferEncodings.isEmpty() && contentLengths > 0;
        // A draft of WebSocket had a body of eight bytes that no header announces, and Netty still reads it.
        boolean unannounced = headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1);
        if (request.decoderResult().isSuccess() && (contentLengths > 1 || !chunkedOnly || both || unannounced)) {
            // Netty forgives a doubled length in HTTP/1.0 and reads an unknown coding as no body.
            request.setDecoderResult(DecoderResult.failure(new Malformed(
                    Refusal.of(FailureMode.REQUEST_MALFORMED, "Refused: the length of the body is unclear"))));
        }
        broken = request.decoderResult().isFailure();
    }

    private void expectNextHead() {
        scan = new HeadScan(limits);
        scanned = 0;
        inHead = true;
        contentLengths = 0;
    }
}
