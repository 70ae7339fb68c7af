package io.headgate.launch;

import io.headgate.storage.JsonColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The door for `admin` commands: a socket file that only this user can open, one JSON line in, one out.
final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AdminSocket.class);
    private static final int REQUEST_MAX_CHARACTERS = 10_000;

    private final Path file;
    private final ServerSocketChannel server;

    private AdminSocket(Path file, ServerSocketChannel server) {
        this.file = file;
        this.server = server;
    }

    static AdminSocket open(Path file, Administration administration) {
        try {
            Files.deleteIfExists(file);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            // its folder is 0700 already; between bind and chmod nobody else can reach it
            server.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            AdminSocket socket = new AdminSocket(file, server);
            Thread.ofVirtual().name("admin-socket").start(() -> socket.accept(administration));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    /// Asks the server behind that file; empty if there is none.
    static Optional<AdminAnswer> ask(Path file, AdminRequest request) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            channel.write(ByteBuffer.wrap((JsonColumn.write(request) + "\n").getBytes(StandardCharsets.UTF_8)));
            String line = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            return line == null
                    ? Optional.of(AdminAnswer.failed("the server closed the connection; see its log"))
                    : Optional.of(JsonColumn.read(line, AdminAnswer.class));
        } catch (IOException e) {
            // a file that a killed server left
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the administration socket did not close", e);
        }
    }

    private void accept(Administration administration) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("admin-command").start(() -> serve(channel, administration));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("an administration command could not be accepted", e);
            }
        }
    }

    private static void serve(SocketChannel channel, Administration administration) {
        try (channel;
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            char[] buffer = new char[REQUEST_MAX_CHARACTERS];
            StringBuilder line = new StringBuilder();
            for (int read = reader.read(buffer); read > 0 && line.length() < REQUEST_MAX_CHARACTERS; ) {
                line.append(buffer, 0, read);
                if (line.charAt(line.length() - 1) == '\n') {
                    break;
                }
                read = reader.read(buffer);
            }
            AdminAnswer answer = administration.answer(JsonColumn.read(line.toString(), AdminRequest.class));
            channel.write(ByteBuffer.wrap((JsonColumn.write(answer) + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("an administration command failed", e);
        }
    }
}
