package io.headgate.gateway;

import io.headgate.certificate.ServerCertificates;
import io.headgate.deployment.AirflowChanges;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentRoutes;
import io.headgate.identity.AirflowSignIns;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenLookup;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The data plane: an authenticating reverse proxy in front of every Deployment's Airflow, over http and https on one
/// port.
///
/// One event loop per core does everything; a request never leaves the loop that accepted it. Start once, close
/// once.
// A write or close that fails ends in channelInactive, where everything is cleaned up.
@SuppressWarnings("FutureReturnValueIgnored")
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GatewayServer.class);
    private static final String NEWEST_AIRFLOW = "3.3.2";

    /// Connections that wait to be accepted; the kernel caps it at `net.core.somaxconn`.
    private static final int BACKLOG = 1024;

    private final GatewaySettings settings;
    private final Clock clock;
    private final GatewayContext context;
    private final TlsContexts tls;
    private final int connectionsMax;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private @Nullable EventLoopGroup loops;
    private @Nullable Channel listener;

    /// What the gateway notes of the requests it sees, for others to write down.
    public record Records(ObservedUses uses, AirflowChanges changes) {}

    /// How callers come in: people from the control plane, at which addresses, and over https with which certificates.
    public record Entrance(AirflowSignIns signIns, DeploymentAddresses addresses, ServerCertificates certificates) {}

    public GatewayServer(
            GatewaySettings settings,
            TokenLookup tokens,
            DeploymentRoutes deployments,
            Records records,
            RequestLimits limits,
            Entrance entrance,
            Clock clock) {
        this.settings = settings;
        this.connectionsMax = OpenFiles.connections(settings.limits().clientConnections());
        this.clock = clock;
        this.tls = new TlsContexts(entrance.certificates());
        Admission admission = new Admission(
                new KnownHosts(settings),
                tokens,
                deployments,
                new RouteAccess(RouteTable.byAirflowVersion(), NEWEST_AIRFLOW),
                limits,
                SignOn.ByScheme.at(deployments, entrance.signIns(), entrance.addresses(), clock));
        this.context = new GatewayContext(
                settings,
                admission,
                new TrustedProxies(settings.trustedProxies()),
                records.uses(),
                limits,
                records.changes(),
                draining::get);
    }

    /// Listens when it returns.
    public void start() {
        EventLoopGroup group =
                new NioEventLoopGroup(Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("gateway"));
        loops = group;
        Map<EventExecutor, EventLoopResources> resources = new HashMap<>();
        for (EventExecutor executor : group) {
            resources.put(
                    executor,
                    new EventLoopResources(
                            new UpstreamPool((EventLoop) executor, settings),
                            new AirflowTokenMinter(clock),
                            new WaitingConnections()));
        }
        Channel bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                .childHandler(new Pipeline(Map.copyOf(resources)))
                .bind(settings.bindAddress(), settings.port())
                .syncUninterruptibly()
                .channel();
        listener = bound;
        LOG.infof("Gateway listens on %s", bound.localAddress());
    }

    /// The port it listens on, also if a free one was asked for.
    public int port() {
        Channel bound = listener;
        if (bound == null) {
            throw new IllegalStateException("the gateway is not started");
        }
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    /// How many connections of callers are open.
    int connections() {
        return clients.size();
    }

    /// Takes no further request, lets the running ones finish for a moment, then closes what is left.
    @Override
    public void close() {
        if (draining.getAndSet(true)) {
            return;
        }
        Channel bound = listener;
        if (bound != null) {
            bound.close().syncUninterruptibly();
        }
        for (Channel client : clients) {
            client.eventLoop().execute(() -> drain(client));
        }
        clients.newCloseFuture()
                .awaitUninterruptibly(settings.timeouts().drain().toMillis());
        clients.close().awaitUninterruptibly();
        EventLoopGroup group = loops;
        if (group != null) {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static void drain(Channel client) {
        ClientConnection connection = client.pipeline().get(ClientConnection.class);
        // None if the caller left in the meantime.
        if (connection != null) {
            connection.drain();
        }
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final Map<EventExecutor, EventLoopResources> resources;

        private Pipeline(Map<EventExecutor, EventLoopResources> resources) {
            this.resources = resources;
        }

        @Override
        protected void initChannel(Channel channel) {
            EventLoopResources own = resources.get(channel.eventLoop());
            if (own == null || !hasRoom(own)) {
                LOG.debug("too many connections: one more was closed");
                channel.close();
                return;
            }
            channel.pipeline()
                    .addLast(new FirstByte(tls, settings.timeouts()))
                    .addLast(new StrictRequestDecoder(settings.limits()))
                    .addLast(new HttpResponseEncoder())
                    .addLast(new ClientConnection(channel, context, own));
            clients.add(channel);
        }

        private boolean hasRoom(EventLoopResources own) {
            return clients.size() < connectionsMax || own.waiting().closeLongest();
        }
    }
}
