package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Setting;
import io.headgate.config.SettingsException;
import io.headgate.config.SettingsReader;
import io.headgate.storage.StorageException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The command line: `up` and `admin`. The flags of `up` are the settings that have one.
@QuarkusMain
public final class Main {
    private static final int EXIT_USAGE = 2;

    private Main() {}

    public static void main(String... arguments) {
        // System.exit runs the shutdown hooks, which Quarkus and a running server rely on
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new HeadgateCommand())
                .addSubcommand("up", upCommand())
                .addSubcommand(
                        "admin",
                        new CommandLine(new AdminCommand())
                                .addSubcommand(new CreateTokenCommand())
                                .addSubcommand(new SetPasswordCommand())
                                .addSubcommand(new VerifyAuditCommand())
                                .addSubcommand(new ExportAuditCommand()));
        return root.setExecutionExceptionHandler((failure, command, _) -> explained(failure, command))
                .setParameterExceptionHandler((failure, _) -> {
                    failure.getCommandLine().getErr().println("headgate: " + explained(failure));
                    return EXIT_USAGE;
                });
    }

    private static CommandLine upCommand() {
        UpCommand command = new UpCommand();
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        for (Setting<?> setting : HeadgateSettings.all()) {
            setting.flag().ifPresent(flag -> spec.addOption(option(flag, setting)));
        }
        return new CommandLine(spec);
    }

    /// A yes-or-no setting has a flag without value; `--no-…` says no.
    private static OptionSpec option(String flag, Setting<?> setting) {
        boolean toggle = setting.isToggle();
        return OptionSpec.builder(flag)
                .description(setting.description().replace("%", "%%"))
                .arity(toggle ? "0" : "1")
                .type(toggle ? boolean.class : String.class)
                .paramLabel(toggle ? "" : "VALUE")
                .build();
    }

    /// An unknown flag is named together with the nearest one that exists.
    private static String explained(CommandLine.ParameterException failure) {
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            List<String> known = List.copyOf(
                    failure.getCommandLine().getCommandSpec().optionsMap().keySet());
            if (first.startsWith("-") && !known.isEmpty()) {
                return String.valueOf(
                        SettingsReader.unknown("flag " + first, first, known).getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static int explained(Exception failure, CommandLine command) throws Exception {
        return switch (failure) {
            case LaunchException refusal -> {
                command.getErr().println("headgate: " + refusal.getMessage());
                yield refusal.exitCode();
            }
            case SettingsException wrong -> {
                command.getErr().println("headgate: " + wrong.getMessage());
                yield EXIT_USAGE;
            }
            case StorageException broken -> {
                command.getErr().println("headgate: " + broken.getMessage());
                yield 1;
            }
            default -> throw failure;
        };
    }

    @CommandLine.Command(
            name = "headgate",
            description = "A self-hosted control plane for Apache Airflow.",
            mixinStandardHelpOptions = true,
            versionProvider = HeadgateVersion.class,
            synopsisSubcommandLabel = "COMMAND")
    static final class HeadgateCommand {}

    @CommandLine.Command(
            name = "admin",
            description = "Commands for whoever may read the data folder.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    static final class AdminCommand {}

    /// Says which Headgate this is.
    static final class HeadgateVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return List.of("Headgate " + version()).toArray(String[]::new);
        }

        static String version() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
