package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Setting;
import io.headgate.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `up`: starts everything in the foreground and stays until it is told to stop.
@CommandLine.Command(
        name = "up",
        description = "Starts Headgate in the foreground; Ctrl-C stops it and everything that it started.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @CommandLine.Spec
    @Nullable
    private CommandSpec spec;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file; default is headgate.properties in the data folder.")
    @Nullable
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = new SettingsSources(Optional.ofNullable(config), System.getenv(), flags()).read();
        return new Server(settings, System.getenv(), new Console(System.out)).runUntilStopped();
    }

    private Map<String, String> flags() {
        CommandLine.ParseResult given =
                Objects.requireNonNull(spec).commandLine().getParseResult();
        Map<String, String> flags = new LinkedHashMap<>();
        for (Setting<?> setting : HeadgateSettings.all()) {
            setting.flag().filter(given::hasMatchedOption).ifPresent(flag -> {
                String text = setting.isToggle()
                        ? Boolean.toString(!flag.startsWith("--no-"))
                        : given.matchedOptionValue(flag, "");
                flags.put(flag, text);
            });
        }
        return flags;
    }
}
