package io.headgate.storage;

import io.headgate.kernel.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields a list can be sorted by, with their columns; text from a request never reaches a statement.
public record SortColumns(Map<String, String> columnByField) {
    public SortColumns {
        columnByField = Map.copyOf(columnByField);
    }

    public Set<String> fields() {
        return columnByField.keySet();
    }

    /// The list behind ORDER BY; ends with the id, so that pages never overlap.
    public String orderBy(List<PageRequest.Sort> sorts) {
        return Stream.concat(sorts.stream().map(this::column), Stream.of("id")).collect(Collectors.joining(", "));
    }

    private String column(PageRequest.Sort sort) {
        String column = columnByField.get(sort.field());
        if (column == null) {
            throw new IllegalArgumentException("not a sort field: the edge must refuse it");
        }
        return column + (sort.ascending() ? " ASC" : " DESC");
    }
}
