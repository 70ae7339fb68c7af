package io.headgate.config;

import java.util.stream.Collectors;

/// Renders `docs/configuration.md` from the list of settings; a test compares the two.
public final class SettingsPage {
    private static final String HEAD = """
            # Configuration

            Settings come from one file (`--config FILE`, else `headgate.properties` in the data folder), from `HEADGATE_*`
            variables, and from flags of `./headgate up`; flags win over variables, variables over the file. A key that does not
            exist stops the start and names the nearest one that does. This page is generated from the program.

            | key | variable | flag | default | meaning |
            |---|---|---|---|---|
            """;

    private SettingsPage() {}

    public static String render() {
        return HEAD + HeadgateSettings.all().stream().map(SettingsPage::row).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | `%s` | %s | %s | %s Must be %s. |"
                .formatted(
                        setting.key(),
                        setting.environmentVariable(),
                        setting.flag().map(flag -> "`" + flag + "`").orElse(""),
                        shown(setting.shownDefault()),
                        setting.description(),
                        setting.type().allowed());
    }

    private static String shown(String text) {
        return text.isEmpty() || text.contains(" ") || text.contains("`") ? text : "`" + text + "`";
    }
}
