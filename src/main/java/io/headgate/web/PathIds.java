package io.headgate.web;

import io.headgate.kernel.Id;
import io.headgate.kernel.Problem;
import java.util.function.Function;

/// Reads ids out of paths: a text that cannot be an id names nothing, which is the same 404 as for one that could.
public final class PathIds {
    private PathIds() {}

    public static <T extends Id> T read(String text, Function<String, T> kind, Problem ifNone) {
        if (!Id.isWellFormed(text)) {
            throw ifNone.asException();
        }
        return kind.apply(text);
    }
}
