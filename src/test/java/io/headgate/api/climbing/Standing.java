package io.headgate.api.climbing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.api.TestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All that a climber could have changed, as the Organization's Owner sees it: what was made, by whom it may be
/// used and when it was last touched.
record Standing(List<JsonNode> things) {
    /// What moves without anybody's doing.
    private static final Set<String> RESTLESS = Set.of("lastUsedAt", "status", "statusReason");

    static Standing now(TestApi api) {
        List<JsonNode> things = new ArrayList<>();
        for (String list : List.of(
                api.organization("/tokens?limit=0"),
                api.organization("/workspaces?limit=0"),
                api.organization("/deployments?limit=0"),
                api.platform("/alerts?limit=0"),
                api.platform("/notification-channels?limit=0"))) {
            for (JsonNode member : api.get(api.owner(), list).json()) {
                member.forEach(thing -> things.add(((ObjectNode) thing).without(RESTLESS)));
            }
        }
        return new Standing(things);
    }
}
