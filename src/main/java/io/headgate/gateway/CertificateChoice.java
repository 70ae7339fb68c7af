package io.headgate.gateway;

import io.headgate.certificate.ServerIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows each client the certificate for the name it asks for; the alias between Java's questions is that name.
final class CertificateChoice extends X509ExtendedKeyManager {
    private final ServerIdentity identity;

    CertificateChoice(ServerIdentity identity) {
        this.identity = identity;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return keyType.equals(identity.key().getAlgorithm()) ? serverName(engine) : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain(alias).toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }

    private static String serverName(SSLEngine engine) {
        return engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                        .map(name -> new SNIHostName(name.getEncoded())
                                .getAsciiName()
                                .toLowerCase(Locale.ROOT))
                        .findFirst()
                        .orElse("")
                : "";
    }

    // The rest is asked of clients, and of servers that read from sockets.

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
