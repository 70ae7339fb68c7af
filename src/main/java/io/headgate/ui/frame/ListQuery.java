package io.headgate.ui.frame;

import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// What part of a list somebody looks at: what they search for, in which order, which page of it.
///
/// @param sort name of a column; one that the list does not have means its own order
/// @param page from 1
public record ListQuery(String path, String search, String sort, boolean descending, int page) {
    private static final int ROWS = 20;
    private static final int SEARCH_MAX = 100;

    public static ListQuery of(UriInfo uri) {
        Map<String, List<String>> query = uri.getQueryParameters();
        String sort = first(query, "sort");
        boolean descending = sort.startsWith("-");
        return new ListQuery(
                uri.getPath(),
                shortened(first(query, "q").strip()),
                descending ? sort.substring(1) : sort,
                descending,
                page(first(query, "page")));
    }

    /// One page of those rows that hold what is searched for.
    ///
    /// @param texts what of a row is searched
    /// @param columns how to sort by each column; the first is the list's own order
    public <T> Listing<T> over(
            List<T> rows, Function<T, List<String>> texts, SequencedMap<String, Comparator<T>> columns) {
        String wanted = search.toLowerCase(Locale.ROOT);
        String column = columns.containsKey(sort) ? sort : columns.firstEntry().getKey();
        Comparator<T> order = Optional.ofNullable(columns.get(column)).orElseThrow();
        List<T> found = rows.stream()
                .filter(row -> wanted.isEmpty()
                        || texts.apply(row).stream()
                                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)))
                .sorted(descending ? order.reversed() : order)
                .toList();
        int pages = Math.max(1, Math.ceilDiv(found.size(), ROWS));
        int shown = Math.clamp(page, 1, pages);
        return new Listing<>(
                found.stream().skip((shown - 1L) * ROWS).limit(ROWS).toList(),
                new ListQuery(path, search, column, descending, shown),
                rows.size(),
                found.size(),
                pages);
    }

    /// The address of the same list sorted by a column; sorted by it already, the other way round.
    public String sortedBy(String column) {
        boolean down = column.equals(sort) && !descending;
        return address(down ? "-" + column : column, 1);
    }

    /// For `aria-sort`.
    public String direction(String column) {
        return column.equals(sort) ? (descending ? "descending" : "ascending") : "none";
    }

    /// The address of this very part, to look at it again.
    public String here() {
        return onPage(page);
    }

    String onPage(int number) {
        return address(descending ? "-" + sort : sort, number);
    }

    private String address(String sorts, int number) {
        return path + "?sort=" + encoded(sorts)
                + (search.isEmpty() ? "" : "&q=" + encoded(search))
                + (number == 1 ? "" : "&page=" + number);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    private static String shortened(String text) {
        return text.length() > SEARCH_MAX ? text.substring(0, SEARCH_MAX) : text;
    }

    private static int page(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 1;
        }
    }
}
