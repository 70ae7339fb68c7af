package io.headgate.launch;

import java.nio.file.Path;
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
        String value = AdminConversation.answer(
                data, AdminRequest.createToken(name, role, Optional.ofNullable(expiresInDays)));
        Objects.requireNonNull(spec).commandLine().getOut().println(value);
        return 0;
    }
}
