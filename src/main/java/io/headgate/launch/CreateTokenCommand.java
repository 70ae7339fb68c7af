package io.headgate.launch;

import io.headgate.alert.WebhookTargets;
import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.deploy.DeployLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `admin create-token`: prints just the value of a new token. A running server makes it; else the database is opened
/// here.
@CommandLine.Command(
        name = "create-token",
        description = "Creates an Organization API token and prints its value, once.",
        mixinStandardHelpOptions = true)
final class CreateTokenCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What people call it, up to 256 characters.")
    private String name = "";

    @CommandLine.Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "ORGANIZATION_OWNER: everything, everywhere.")
    private String role = "";

    @CommandLine.Option(
            names = "--expires-in-days",
            paramLabel = "D",
            description = "1 to 3650; without it the token never expires.")
    @Nullable
    private Integer expiresInDays;

    @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    @Nullable
    private Path data;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> environment = System.getenv();
        Map<String, String> flags = Optional.ofNullable(data)
                .map(folder -> Map.of("--data", folder.toString()))
                .orElse(Map.of());
        Settings settings = new SettingsSources(Optional.empty(), environment, flags).read();
        AdminRequest request =
                new AdminRequest(AdminRequest.CREATE_TOKEN, name, role, Optional.ofNullable(expiresInDays));
        DataFolder folder = Opened.folderOf(settings, environment);
        Optional<AdminAnswer> fromServer = AdminSocket.ask(folder.adminSocket(), request);
        AdminAnswer answer = fromServer.isPresent() ? fromServer.get() : withoutServer(settings, environment, request);
        if (answer.error().isPresent()) {
            throw new LaunchException(answer.error().get());
        }
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println(answer.value().orElseThrow());
        return 0;
    }

    private static AdminAnswer withoutServer(Settings settings, Map<String, String> environment, AdminRequest request)
            throws InterruptedException {
        DataFolder folder = Opened.folderOf(settings, environment);
        if (settings.get(HeadgateSettings.DATABASE_URL).isEmpty() && !Files.isDirectory(folder.postgres())) {
            throw new LaunchException(
                    "there is no Headgate in " + folder.root() + " yet; start it once with: ./headgate up");
        }
        try (Opened opened = Opened.open(settings, environment, _ -> {})) {
            ControlPlane controlPlane = ControlPlane.over(new ControlPlane.Surroundings(
                    opened.database(),
                    opened.folder().keys(),
                    ControlPlane.systemClock(),
                    new SecureRandom(),
                    Addresses.unbound(settings).ofDeployments(),
                    _ -> Optional.empty(),
                    new ControlPlane.Code(
                            new NoCodeHost(), new NoCodeHost(), opened.folder().uploads(), DeployLimits.standard()),
                    new ControlPlane.Telling((_, _) -> Optional.empty(), new WebhookTargets(false)),
                    settings.get(HeadgateSettings.RESERVED_VARIABLES)));
            return new Administration(controlPlane).answer(request);
        }
    }
}
