package io.headgate.launch;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `admin verify-audit`: says whether the audit log is what was sealed; exit code 1 and the first finding if it is not.
@CommandLine.Command(
        name = "verify-audit",
        description = "Checks every seal and checkpoint of the audit log.",
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    @Nullable
    private Path data;

    @Override
    public Integer call() throws InterruptedException {
        String sentence = AdminConversation.answer(data, AdminRequest.verifyAudit());
        Objects.requireNonNull(spec).commandLine().getOut().println(sentence);
        return 0;
    }
}
