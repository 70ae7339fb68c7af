package io.headgate.launch;

import io.headgate.audit.AuditFilter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `admin export-audit`: writes events as lines of JSON into a new file that only its owner can read.
@CommandLine.Command(
        name = "export-audit",
        description = "Writes the events of the last days into a new file, one JSON object a line.",
        mixinStandardHelpOptions = true)
final class ExportAuditCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "The file to make; with a name that ends in .gz it is compressed.")
    private Path output = Path.of("");

    @CommandLine.Option(names = "--days", paramLabel = "N", description = "1 to 90; without it 7.")
    private int days = AuditFilter.DAYS_DEFAULT;

    @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    @Nullable
    private Path data;

    @Override
    public Integer call() throws InterruptedException {
        // the server has another working folder
        String file = output.toAbsolutePath().normalize().toString();
        String sentence = AdminConversation.answer(data, AdminRequest.exportAudit(days, file));
        Objects.requireNonNull(spec).commandLine().getOut().println(sentence);
        return 0;
    }
}
