package io.headgate.api.v1.token;

import io.headgate.kernel.Page;
import io.headgate.token.ApiToken;
import java.util.List;

/// A page of API tokens.
record ApiTokensWire(List<ApiTokenWire> tokens, int limit, int offset, long totalCount) {

    static ApiTokensWire of(Page<ApiToken> page) {
        return new ApiTokensWire(
                page.items().stream().map(ApiTokenWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
