package io.headgate.launch;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `admin set-password`: reads a password from standard input, never from an argument, which other users could see.
@CommandLine.Command(
        name = "set-password",
        description = "Sets the password of a user, read from standard input, and ends all sessions of that user.",
        mixinStandardHelpOptions = true)
final class SetPasswordCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(names = "--email", required = true, paramLabel = "E", description = "Whose password.")
    private String email = "";

    @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    @Nullable
    private Path data;

    @Override
    public Integer call() throws InterruptedException, IOException {
        String sentence = AdminConversation.answer(data, AdminRequest.setPassword(email, password()));
        Objects.requireNonNull(spec).commandLine().getOut().println(sentence);
        return 0;
    }

    /// Typed without being shown if somebody sits there, else the first line.
    private static String password() throws IOException {
        Console console = Objects.requireNonNull(System.console());
        if (console.isTerminal()) {
            return Optional.ofNullable(console.readPassword("New password: "))
                    .map(String::new)
                    .orElse("");
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
