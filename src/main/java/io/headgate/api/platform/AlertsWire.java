package io.headgate.api.platform;

import io.headgate.alert.Alert;
import io.headgate.kernel.Page;
import java.util.List;

/// A page of alerts.
record AlertsWire(List<AlertWire> alerts, int limit, int offset, long totalCount) {
    AlertsWire {
        alerts = List.copyOf(alerts);
    }

    static AlertsWire of(Page<Alert> page) {
        return new AlertsWire(
                page.items().stream().map(AlertWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
