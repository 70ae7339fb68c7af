package io.headgate.api.v1.deployment;

import io.headgate.deployment.log.FoundLine;
import java.util.List;

/// `DeploymentLog`: one page of lines.
///
/// @param resultCount how many are on this page: the stock command line asks for the next while it equals `limit`
record DeploymentLogsWire(
        int limit, int offset, int maxNumResults, int resultCount, String searchId, List<LineWire> results) {
    DeploymentLogsWire {
        results = List.copyOf(results);
    }

    /// @param timestamp in seconds; the stock command line reads it as 32 bits and is minutes off, so most lines begin
    ///     with their time
    record LineWire(double timestamp, String raw, String source) {
        private static final double MILLIS = 1000;

        static LineWire of(FoundLine line, String source) {
            return new LineWire(line.at().toEpochMilli() / MILLIS, line.text(), source);
        }
    }
}
