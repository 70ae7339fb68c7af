package io.headgate.storage;

import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/// Tells a database that cannot be reached from a statement that went wrong: the first passes, the second is a defect.
final class DatabaseLoss {
    private static final Logger LOG = Logger.getLogger(DatabaseLoss.class);

    /// SQLSTATE classes: connection exception, and operator intervention such as a shutdown.
    private static final String CONNECTION_EXCEPTION = "08";
    private static final String OPERATOR_INTERVENTION = "57P";

    private DatabaseLoss() {}

    /// What a caller is told if the failure is such a loss; the cause stays in the log.
    static Optional<ProblemException> in(JdbiException failure) {
        List<Throwable> causes = Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
        boolean lost = failure instanceof ConnectionException || causes.stream().anyMatch(DatabaseLoss::isLoss);
        if (!lost) {
            return Optional.empty();
        }
        // the root's words only: the outer ones repeat the statement and what was bound to it
        LOG.warn("the database does not answer: " + causes.getLast().getMessage());
        return Optional.of(Problem.unavailable("database.unavailable", "the database does not answer; try again")
                .asException());
    }

    private static boolean isLoss(Throwable cause) {
        String state = cause instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        return state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(OPERATOR_INTERVENTION);
    }
}
