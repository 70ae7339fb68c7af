package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Setting;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.headgate.host.RunAs;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Settings settings = settings(System.getenv());
        return new Server(settings, System.getenv(), new Console(System.out)).runUntilStopped();
    }

    private Settings settings(Map<String, String> environment) {
        SettingsReader flagsAndEnvironment = read(new SettingsReader(), environment);
        Path file = Optional.ofNullable(config)
                .orElseGet(() ->
                        dataFolder(flagsAndEnvironment.settings(), environment).resolve("headgate.properties"));
        if (config == null && !Files.exists(file)) {
            return flagsAndEnvironment.settings();
        }
        return read(new SettingsReader().file(file), environment).settings();
    }

    private SettingsReader read(SettingsReader reader, Map<String, String> environment) {
        reader.environment(environment);
        CommandLine.ParseResult given =
                Objects.requireNonNull(spec).commandLine().getParseResult();
        for (Setting<?> setting : HeadgateSettings.all()) {
            setting.flag().filter(given::hasMatchedOption).ifPresent(flag -> {
                String text = setting.isToggle()
                        ? Boolean.toString(!flag.startsWith("--no-"))
                        : given.matchedOptionValue(flag, "");
                reader.flag(flag, text);
            });
        }
        return reader;
    }

    private static Path dataFolder(Settings settings, Map<String, String> environment) {
        return settings.get(HeadgateSettings.DATA)
                .orElseGet(
                        () -> DefaultFolders.of(RunAs.weAreRoot(), environment).data());
    }
}
