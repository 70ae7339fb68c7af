package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.headgate.host.RunAs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a command's settings come from: a file, the environment, its flags (each with its text).
///
/// Unless a file is named it is `headgate.properties` in the data folder, which the other two sources must tell first.
record SettingsSources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {

    Settings read() {
        Settings withoutFile = over(new SettingsReader());
        Path used = file.orElseGet(() -> withoutFile
                .get(HeadgateSettings.DATA)
                .orElseGet(
                        () -> DefaultFolders.of(RunAs.weAreRoot(), environment).data())
                .resolve("headgate.properties"));
        return file.isPresent() || Files.exists(used) ? over(new SettingsReader().file(used)) : withoutFile;
    }

    private Settings over(SettingsReader reader) {
        reader.environment(environment);
        flags.forEach(reader::flag);
        return reader.settings();
    }
}
