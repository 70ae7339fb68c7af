package io.headgate.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A program that opens many connections and does nothing with them: a process of its own, because each needs an open
/// file on either side. Prints `open N` when it has as many as it could get, and `closed N` when the server has closed
/// them.
final class IdleCrowd {
    private IdleCrowd() {}

    @SuppressWarnings("SystemOut") // how it tells the test
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int wanted = Integer.parseInt(arguments[1]);
        try (Selector selector = Selector.open()) {
            int open = 0;
            while (open < wanted && join(server, selector)) {
                open++;
            }
            System.out.println("open " + open);
            int closed = 0;
            ByteBuffer buffer = ByteBuffer.allocate(64);
            while (closed < open) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    closed += isClosed((SocketChannel) key.channel(), buffer.clear()) ? 1 : 0;
                }
                selector.selectedKeys().clear();
            }
            System.out.println("closed " + closed);
        }
    }

    private static boolean join(InetSocketAddress server, Selector selector) {
        try {
            SocketChannel channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return true;
        } catch (IOException noMore) {
            return false;
        }
    }

    private static boolean isClosed(SocketChannel channel, ByteBuffer buffer) throws IOException {
        try {
            if (channel.read(buffer) >= 0) {
                return false;
            }
        } catch (IOException reset) {
            // closed all the same
        }
        channel.close();
        return true;
    }
}
