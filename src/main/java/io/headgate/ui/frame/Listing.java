package io.headgate.ui.frame;

import java.util.List;

/// One page of a list.
///
/// @param all how many there are, whatever is searched for
/// @param found how many of them hold what is searched for
public record Listing<T>(List<T> rows, ListQuery query, int all, int found, int pages) {
    public Listing {
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return all == 0;
    }

    /// Address of the page before; empty on the first.
    public String previous() {
        return query.page() > 1 ? query.onPage(query.page() - 1) : "";
    }

    /// Address of the page after; empty on the last.
    public String next() {
        return query.page() < pages ? query.onPage(query.page() + 1) : "";
    }
}
