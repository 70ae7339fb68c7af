package io.headgate.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// How a {@link Refusal} looks to a person: what went wrong, what to do, and the request id for whoever runs this.
final class RefusalPage {
    static final String TYPE = "text/html;charset=UTF-8";

    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:34rem;margin:15vh auto;padding:0 1.5rem}
            h1{font-size:1.5rem;line-height:1.25}
            small{opacity:.75}""";

    /// Nothing but the style above, and nowhere to be framed (item 46).
    static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none';".formatted(hash(STYLE))
                    + " frame-ancestors 'none'";

    private RefusalPage() {}

    static String of(Refusal refusal, String requestId) {
        String title = title(refusal.mode());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                %s<title>%s · Headgate</title>
                <style>%s</style>
                </head>
                <body>
                <h1>%s</h1>
                <p>%s</p>
                %s<p><small>Request %s</small></p>
                </body>
                </html>
                """.formatted(again(refusal), title, STYLE, title, escaped(sentence(refusal)), link(refusal), requestId);
    }

    /// A browser does not heed `Retry-After`; whoever waits for a Deployment need not press reload.
    private static String again(Refusal refusal) {
        return retryAfter(refusal)
                .map("<meta http-equiv=\"refresh\" content=\"%s\">\n"::formatted)
                .orElse("");
    }

    private static Optional<String> retryAfter(Refusal refusal) {
        return refusal.mode().status() == 503
                ? Optional.ofNullable(refusal.headers().get("Retry-After"))
                : Optional.empty();
    }

    private static String link(Refusal refusal) {
        return refusal.link().isEmpty()
                ? ""
                : "<p><a href=\"%s\">Start again</a></p>\n".formatted(escaped(refusal.link()));
    }

    private static String title(FailureMode mode) {
        return switch (mode.status()) {
            case 401 -> "Not signed in";
            case 403 -> "Not permitted";
            case 404 -> "Page not found";
            case 421 -> "Nothing is served here";
            case 502, 504 -> "Airflow does not answer";
            case 503 -> "Not available at this moment";
            default -> "That did not work";
        };
    }

    private static String sentence(Refusal refusal) {
        if (refusal.mode() == FailureMode.NOT_FOUND) {
            return "Nothing is served at this address. It may have been mistyped, or what it names is gone, or you may"
                    + " not see it.";
        }
        if (refusal.mode() == FailureMode.NOT_AUTHENTICATED) {
            return "Programs send an API token to this address. People open Airflow from the page of its Deployment, at a"
                    + " host name of its own.";
        }
        String detail = refusal.detail();
        String again = retryAfter(refusal).isPresent() ? " This page asks again by itself." : "";
        return detail.substring(0, 1).toUpperCase(Locale.ROOT)
                + detail.substring(1)
                + (detail.endsWith(".") ? "" : ".")
                + again;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
