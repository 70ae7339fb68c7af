package io.headgate.gateway;

import io.headgate.certificate.ServerCertificates;
import io.headgate.certificate.ServerIdentity;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// TLS as the gateway speaks it: 1.2 and 1.3, Java's ciphers that keep forward secrecy cheaply, HTTP/1.1 on top.
///
/// Each identity has a context of its own: with the certificate also the sessions end that a client could resume
/// without seeing the new one.
final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

    /// Clients that resume by tickets need none; enough for the others of a minute.
    private static final int SESSIONS_MAX = 1000;

    private static final int SESSION_SECONDS = 3600;

    private final ServerCertificates certificates;
    private volatile Entry latest;

    private record Entry(ServerIdentity identity, SSLContext context, SSLParameters parameters) {}

    TlsContexts(ServerCertificates certificates) {
        this.certificates = certificates;
        this.latest = entry(certificates.current());
    }

    /// For one connection of a caller.
    @SuppressWarnings("ReferenceEquality") // what changed is another object, by contract
    SSLEngine newEngine() {
        ServerIdentity identity = certificates.current();
        Entry entry = latest;
        if (entry.identity != identity) {
            // Two threads may both do it; either result is good.
            entry = entry(identity);
            latest = entry;
        }
        SSLEngine engine = entry.context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(entry.parameters);
        return engine;
    }

    private static Entry entry(ServerIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new CertificateChoice(identity)}, new TrustManager[0], null);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS_MAX);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return new Entry(identity, context, parameters(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot speak TLS", e);
        }
    }

    private static SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        // A client that insists on finite fields costs a server milliseconds and itself nothing.
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(suite -> !suite.startsWith("TLS_DHE_"))
                .toArray(String[]::new));
        return parameters;
    }
}
