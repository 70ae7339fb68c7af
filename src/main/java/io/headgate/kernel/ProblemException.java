package io.headgate.kernel;

/// The one exception that crosses a use case; it carries what the caller is told.
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
