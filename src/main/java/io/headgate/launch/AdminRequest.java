package io.headgate.launch;

import java.util.Optional;

/// What an `admin` command asks of a running server, one JSON object a line.
record AdminRequest(String command, String name, String role, Optional<Integer> expiresInDays) {
    static final String CREATE_TOKEN = "create-token";
}
