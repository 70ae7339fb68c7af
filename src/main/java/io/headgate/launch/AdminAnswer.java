package io.headgate.launch;

import java.util.Optional;

/// What the server answers: the value asked for, or what was wrong.
record AdminAnswer(Optional<String> value, Optional<String> error) {
    static AdminAnswer of(String value) {
        return new AdminAnswer(Optional.of(value), Optional.empty());
    }

    static AdminAnswer failed(String error) {
        return new AdminAnswer(Optional.empty(), Optional.of(error));
    }

    @Override
    public String toString() {
        return "AdminAnswer[value=***, error=" + error + "]";
    }
}
