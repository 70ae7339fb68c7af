package io.headgate.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names requests, so that a caller's complaint can be found in a log; guessing one is worth nothing.
final class RequestIds {
    private RequestIds() {}

    static String next() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
