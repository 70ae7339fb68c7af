package io.headgate.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A caller that writes bytes, not requests.
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        return new RawClient(socket);
    }

    static RawClient connect(int port, Transport transport) throws IOException {
        return switch (transport) {
            case HTTP -> connect(port);
            case HTTPS -> secure(port, "localhost", TestCertificates.trusting());
        };
    }

    /// Over TLS, when the server has proved that it is this host.
    static RawClient secure(int port, String host, SSLContext trust) throws IOException {
        RawClient plain = connect(port);
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain.socket, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            plain.close();
            throw refused;
        }
        return new RawClient(socket);
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// The next response to a request that may have a body.
    public RawResponse response() throws IOException {
        List<String> head = responseHead();
        boolean framed = !HttpText.header(head, "content-length").isEmpty()
                || !HttpText.header(head, "transfer-encoding").isEmpty();
        int status = Integer.parseInt(head.getFirst().split(" ", -1)[1]);
        boolean bodyless = status < 200 || status == 204 || status == 304;
        byte[] body = bodyless ? new byte[0] : framed ? HttpText.body(in, head) : in.readAllBytes();
        return new RawResponse(head, new String(body, StandardCharsets.UTF_8));
    }

    /// The next response to a HEAD request, or one whose body the test reads itself.
    public List<String> responseHead() throws IOException {
        List<String> head = HttpText.head(in);
        if (head.isEmpty()) {
            throw new IOException("closed without a response");
        }
        return head;
    }

    public RawResponse exchange(String text) throws IOException {
        return send(text).response();
    }

    public InputStream in() {
        return in;
    }

    public Socket socket() {
        return socket;
    }

    /// Whether the gateway ended the connection, and not with bytes left.
    public boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
