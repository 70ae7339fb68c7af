package io.headgate.launch;

import io.headgate.alert.WebhookTargets;
import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.deploy.DeployLimits;
import io.headgate.deployment.log.ComponentLogs;
import io.headgate.identity.SignInLimits;
import io.headgate.token.RequestLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gets an `admin` command answered: by the running server, else by opening the database here.
final class AdminConversation {
    private AdminConversation() {}

    /// The answer, or an exception with the error for the person at the terminal.
    ///
    /// @param data the folder that was named; null for the usual one
    static String answer(@Nullable Path data, AdminRequest request) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        Map<String, String> flags = Optional.ofNullable(data)
                .map(folder -> Map.of("--data", folder.toString()))
                .orElse(Map.of());
        Settings settings = new SettingsSources(Optional.empty(), environment, flags).read();
        DataFolder folder = Opened.folderOf(settings, environment);
        Optional<AdminAnswer> fromServer = AdminSocket.ask(folder.adminSocket(), request);
        AdminAnswer answer = fromServer.isPresent() ? fromServer.get() : withoutServer(settings, environment, request);
        if (answer.error().isPresent()) {
            throw new LaunchException(answer.error().get());
        }
        return answer.value().orElseThrow();
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
                    new ControlPlane.Telling(
                            (_, _) -> Optional.empty(), (_, _) -> Optional.empty(), new WebhookTargets(false)),
                    ComponentLogs.none(),
                    new ControlPlane.AuditKeeping(
                            opened.folder().audit(),
                            Duration.ofDays(settings.get(HeadgateSettings.AUDIT_RETENTION_DAYS))),
                    RequestLimits.none(),
                    SignInLimits.none(),
                    settings.get(HeadgateSettings.RESERVED_VARIABLES)));
            AdminAnswer answer = new Administration(controlPlane).answer(request);
            if (!request.command().equals(AdminRequest.VERIFY_AUDIT)) {
                // nobody else would before the next start of the server
                var _ = controlPlane.audit().sealer().seal();
            }
            return answer;
        }
    }
}
