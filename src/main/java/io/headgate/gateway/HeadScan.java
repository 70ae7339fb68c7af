package io.headgate.gateway;

import io.netty.util.ByteProcessor;

/// Looks at the raw bytes of a request's head before anybody interprets them.
///
/// The codec is lenient where RFC 9112 lets it be: it unfolds continued lines, skips stray characters before the
/// request line, takes several blanks for one. Each of these has been a way to make two servers disagree about
/// where a request ends, so here they are errors.
final class HeadScan implements ByteProcessor {
    /// Room for method and version in the request line, beside the target.
    private static final int BESIDE_TARGET_BYTES = 32;

    /// Capitals only (RFC 9112 §2.3); the codec would take any case.
    private static final String PROTOCOL = "HTTP/";

    /// Some clients send an empty line after a body (RFC 9112 §2.2).
    private static final int LEADING_EMPTY_LINES_MAX = 1;

    private final GatewaySettings.Limits limits;

    private State state = new State.Incomplete();
    private boolean requestLineSeen;
    private boolean afterCarriageReturn;
    private boolean colonSeen;
    private int bytes;
    private int lineBytes;
    private int blanks;
    private int versionBytes;
    private int emptyLines;
    private int headers;

    HeadScan(GatewaySettings.Limits limits) {
        this.limits = limits;
    }

    /// How far the head has been understood.
    sealed interface State {
        /// More bytes are needed.
        record Incomplete() implements State {}

        /// The codec may read it.
        record Complete() implements State {}

        /// It is none.
        record Faulty(Refusal refusal) implements State {}
    }

    State state() {
        return state;
    }

    /// Goes on while true; the byte that completes the head, or spoils it, is the last one looked at.
    @Override
    public boolean process(byte value) {
        bytes++;
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            return value == '\n' ? endLine() : faulty("a carriage return without a line feed");
        }
        if (value == '\r') {
            afterCarriageReturn = true;
            return true;
        }
        if (value == '\n') {
            return faulty("a line feed without a carriage return");
        }
        if (bytes > limits.headBytes()) {
            return tooLarge("more than %d bytes of headers".formatted(limits.headBytes()));
        }
        lineBytes++;
        return requestLineSeen ? inHeader(value) : inRequestLine(value);
    }

    private boolean inRequestLine(byte value) {
        if (value == ' ') {
            blanks++;
            return true;
        }
        if (blanks == 2 && versionBytes < PROTOCOL.length() && value != PROTOCOL.charAt(versionBytes++)) {
            return faulty("a request line that is not method, target and version");
        }
        if (value < ' ' || value == 0x7f) {
            return faulty("a character in the request line that must be percent-encoded");
        }
        return lineBytes <= limits.targetBytes() + BESIDE_TARGET_BYTES
                || refused(
                        FailureMode.TARGET_REFUSED, "a request target over %d bytes".formatted(limits.targetBytes()));
    }

    private boolean inHeader(byte value) {
        if (lineBytes == 1 && (value == ' ' || value == '\t')) {
            return faulty("a header line that continues the one before");
        }
        if (colonSeen) {
            boolean control = (value >= 0 && value < ' ' && value != '\t') || value == 0x7f;
            return !control || faulty("a control character in a header");
        }
        if (value == ':' && lineBytes > 1) {
            colonSeen = true;
            return true;
        }
        return isTokenCharacter(value) || faulty("a header name that is none");
    }

    private boolean endLine() {
        if (lineBytes == 0) {
            if (requestLineSeen) {
                state = new State.Complete();
                return false;
            }
            return ++emptyLines <= LEADING_EMPTY_LINES_MAX || faulty("empty lines before the request");
        }
        if (!requestLineSeen) {
            if (blanks != 2) {
                return faulty("a request line that is not method, target and version");
            }
            requestLineSeen = true;
        } else if (!colonSeen) {
            return faulty("a header line without a colon");
        } else if (++headers > limits.headerCount()) {
            return tooLarge("more than %d headers".formatted(limits.headerCount()));
        }
        lineBytes = 0;
        colonSeen = false;
        return true;
    }

    private boolean faulty(String reason) {
        return refused(FailureMode.REQUEST_MALFORMED, reason);
    }

    private boolean tooLarge(String reason) {
        return refused(FailureMode.HEADERS_TOO_LARGE, reason);
    }

    private boolean refused(FailureMode mode, String reason) {
        state = new State.Faulty(Refusal.of(mode, "Refused: " + reason));
        return false;
    }

    private static boolean isTokenCharacter(byte value) {
        return (value >= 'a' && value <= 'z')
                || (value >= 'A' && value <= 'Z')
                || (value >= '0' && value <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(value) >= 0;
    }
}
