package io.headgate.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.kernel.Problem;
import java.util.List;
import java.util.Optional;

/// One member of a request body with its path, for example `workerQueues[0].name`, and the place for what is wrong.
public record Member(String path, JsonNode value, List<Problem.FieldError> errors) {

    /// Notes that this member is wrong; `requirement` follows the path in the message.
    public <T> Optional<T> refuse(String code, String requirement) {
        errors.add(new Problem.FieldError(path, code, path + " " + requirement));
        return Optional.empty();
    }

    /// The same, ending with what was given.
    public <T> Optional<T> refuseGiven(String code, String requirement) {
        return refuse(code, requirement + ", given " + Given.of(value));
    }

    Member element(int index, JsonNode element) {
        return new Member(path + "[" + index + "]", element, errors);
    }

    /// Its own members, if it is an object.
    public Members members() {
        return new Members(path + ".", value, errors);
    }
}
