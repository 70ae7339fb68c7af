package io.headgate.storage;

import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import java.util.function.Consumer;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/// A list with paging: one statement counts the filtered set, one fetches the part that is wanted.
///
/// @param from everything from FROM to the end of WHERE, shared by both, so that they cannot disagree
public record PagedStatement<T>(String columns, String from, SortColumns sorts, RowMapper<T> mapper) {

    public String countSql() {
        return "SELECT count(*) " + from;
    }

    public String pageSql(PageRequest request) {
        // LIMIT NULL is no limit
        return "SELECT " + columns + " " + from + " ORDER BY " + sorts.orderBy(request.sorts())
                + " LIMIT nullif(:limit, 0) OFFSET :offset";
    }

    public Page<T> fetch(Transaction transaction, PageRequest request, Consumer<Query> filters) {
        Query count = transaction.handle().createQuery(countSql());
        filters.accept(count);
        Query page = transaction
                .handle()
                .createQuery(pageSql(request))
                .bind("limit", request.limit())
                .bind("offset", request.offset());
        filters.accept(page);
        return new Page<>(
                page.map(mapper).list(), request, count.mapTo(Long.class).one());
    }
}
