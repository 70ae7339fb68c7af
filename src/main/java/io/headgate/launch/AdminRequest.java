package io.headgate.launch;

import java.util.Optional;

/// What an `admin` command asks of a running server, one JSON object a line. Members that a command does not take are
/// empty.
///
/// @param days how far an export reaches back
/// @param output absolute path of the file that an export makes
record AdminRequest(
        String command,
        String name,
        String role,
        Optional<Integer> expiresInDays,
        Optional<Integer> days,
        Optional<String> output,
        Optional<ChosenPassword> chosen) {
    static final String CREATE_TOKEN = "create-token";
    static final String SET_PASSWORD = "set-password";
    static final String VERIFY_AUDIT = "verify-audit";
    static final String EXPORT_AUDIT = "export-audit";

    /// A password for somebody; text, because it crosses the socket.
    record ChosenPassword(String email, String password) {
        @Override
        public String toString() {
            return "ChosenPassword[email=" + email + ", password=***]";
        }
    }

    static AdminRequest createToken(String name, String role, Optional<Integer> expiresInDays) {
        return new AdminRequest(
                CREATE_TOKEN, name, role, expiresInDays, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AdminRequest setPassword(String email, String password) {
        return new AdminRequest(
                SET_PASSWORD,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ChosenPassword(email, password)));
    }

    static AdminRequest verifyAudit() {
        return new AdminRequest(
                VERIFY_AUDIT, "", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AdminRequest exportAudit(int days, String output) {
        return new AdminRequest(
                EXPORT_AUDIT, "", "", Optional.empty(), Optional.of(days), Optional.of(output), Optional.empty());
    }
}
