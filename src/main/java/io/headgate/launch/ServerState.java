package io.headgate.launch;

import io.headgate.storage.JsonColumn;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The file `run/headgate.json` that tells scripts where a ready server is; replaced atomically, gone after a clean
/// stop.
record ServerState(Addresses addresses, FirstStart.Outcome outcome) {

    void write(Path file) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("url", addresses.publicUrl().toString());
        state.put("gatewayUrl", addresses.gatewayPublicUrl().toString());
        state.put("managementUrl", "http://localhost:" + addresses.managementPort());
        state.put("pid", ProcessHandle.current().pid());
        state.put("organizationId", outcome.organizationId().value());
        outcome.workspaceId().ifPresent(id -> state.put("workspaceId", id.value()));
        outcome.quickstart().ifPresent(q -> state.put("quickstartDeploymentId", q.id().value()));
        PrivateFiles.write(file, JsonColumn.write(state) + "\n");
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
