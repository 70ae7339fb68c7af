package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/// Finds loopback ports that nobody listens on.
public final class FreePorts {
    private static final int LASTING_FIRST = 20_000;
    private static final int LASTING_LAST = 32_767;
    private static final int LASTING_ATTEMPTS = 100;

    private FreePorts() {}

    /// A port that is free at this moment; whoever uses it must be ready to find it taken.
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A free port that is likely to be free tomorrow as well: below those that Linux gives to outgoing connections.
    public static int lasting() {
        SecureRandom random = new SecureRandom();
        for (int attempt = 0; attempt < LASTING_ATTEMPTS; attempt++) {
            int port = random.nextInt(LASTING_FIRST, LASTING_LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        return any();
    }

    /// Whether a port could be bound on the loopback address at this moment.
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
