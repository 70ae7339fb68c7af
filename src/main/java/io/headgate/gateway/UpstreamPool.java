package io.headgate.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections of one event loop to all Airflows; a request and its upstream connection share the loop, so
/// nothing here is ever touched by two threads and no piece changes threads on its way.
// A write or close that fails ends in channelInactive, where everything is cleaned up.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamPool {
    private final EventLoop loop;
    private final GatewaySettings settings;
    private final Map<InetSocketAddress, Deque<UpstreamConnection>> resting = new HashMap<>();

    UpstreamPool(EventLoop loop, GatewaySettings settings) {
        this.loop = loop;
        this.settings = settings;
        long sweepNanos = Math.max(settings.timeouts().upstreamIdle().toNanos() / 2, TimeUnit.MILLISECONDS.toNanos(10));
        var _ = loop.scheduleWithFixedDelay(this::sweep, sweepNanos, sweepNanos, TimeUnit.NANOSECONDS);
    }

    /// Gives the exchange a kept connection, the one used last, or a new one.
    void reuseOrConnect(InetSocketAddress address, Exchange exchange) {
        Deque<UpstreamConnection> candidates = resting.get(address);
        while (candidates != null && !candidates.isEmpty()) {
            UpstreamConnection candidate = candidates.removeLast();
            if (candidate.isActive()) {
                candidate.serve(exchange);
                exchange.connected(candidate);
                return;
            }
        }
        connect(address, exchange);
    }

    /// Gives the exchange a new connection, or tells it that there is none.
    void connect(InetSocketAddress address, Exchange exchange) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.timeouts().connect().toMillis()))
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                .handler(new Pipeline(address))
                .connect(address);
        connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                exchange.connectFailed();
                return;
            }
            UpstreamConnection connection = connecting.channel().pipeline().get(UpstreamConnection.class);
            connection.serve(exchange);
            exchange.connected(connection);
        });
    }

    /// Takes a connection back whose last request and response were both complete.
    void keep(UpstreamConnection connection) {
        Deque<UpstreamConnection> kept = resting.computeIfAbsent(connection.address(), _ -> new ArrayDeque<>());
        if (!connection.isActive() || kept.size() >= settings.limits().idleConnectionsPerUpstream()) {
            connection.close();
            return;
        }
        kept.addLast(connection);
        connection.rest();
    }

    void forget(UpstreamConnection connection) {
        Deque<UpstreamConnection> kept = resting.get(connection.address());
        if (kept != null) {
            kept.remove(connection);
        }
    }

    private void sweep() {
        long tooOld = System.nanoTime() - settings.timeouts().upstreamIdle().toNanos();
        List<UpstreamConnection> closing = new ArrayList<>();
        resting.values()
                .forEach(kept -> kept.stream()
                        .filter(connection -> connection.hasRestedSince(tooOld))
                        .forEach(closing::add));
        closing.forEach(UpstreamConnection::close);
        resting.values().removeIf(Deque::isEmpty);
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final InetSocketAddress address;

        private Pipeline(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        protected void initChannel(Channel channel) {
            AirflowResponseDecoder decoder = new AirflowResponseDecoder();
            UpstreamConnection connection = new UpstreamConnection(channel, decoder, UpstreamPool.this, address);
            channel.pipeline()
                    .addLast(decoder)
                    .addLast(new HttpRequestEncoder())
                    .addLast(connection);
        }
    }
}
