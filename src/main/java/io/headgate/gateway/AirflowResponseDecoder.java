package io.headgate.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/// Reads responses one at a time and knows what a connection has to know before it is used again.
final class AirflowResponseDecoder extends HttpResponseDecoder {
    /// Airflow's longest header is a `Link` or a plugin's policy; more than this is a defect.
    private static final int HEAD_BYTES = 64 * 1024;

    /// Pieces of a body are as large as one read from the socket.
    private static final int PIECE_BYTES = 64 * 1024;

    private HttpMethod method = HttpMethod.GET;
    private boolean answered;

    AirflowResponseDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(HEAD_BYTES)
                .setMaxHeaderSize(HEAD_BYTES)
                .setMaxChunkSize(PIECE_BYTES));
    }

    /// The next response answers a request with this method: that to HEAD has no body whatever its headers say.
    void expectAnswerTo(HttpMethod next) {
        method = next;
        answered = false;
    }

    /// Whether any byte came since then.
    boolean answered() {
        return answered;
    }

    /// Whether bytes came that belong to no response so far.
    boolean hasLeftover() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        answered = true;
        super.channelRead(context, bytes);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        boolean interim = ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (!interim && method.equals(HttpMethod.HEAD)) || super.isContentAlwaysEmpty(message);
    }
}
