package io.headgate.kernel;

import java.util.List;
import java.util.function.Function;

/// One page of a list; `totalCount` counts the whole filtered set, also when the page is past its end and empty.
public record Page<T>(List<T> items, PageRequest request, long totalCount) {
    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<T, R> shape) {
        return new Page<>(items.stream().map(shape).toList(), request, totalCount);
    }
}
