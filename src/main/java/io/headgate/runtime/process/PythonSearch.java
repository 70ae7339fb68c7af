package io.headgate.runtime.process;

import io.headgate.host.OthersAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the Python that Airflow runs on: the one that was set, else the usual ones of the system, else the search
/// path.
///
/// Half of what can be wrong with an interpreter shows only as `PermissionError` inside a Deployment: one below a home
/// folder works for us and for no other user. So it is looked at all the way before it is taken.
///
/// @param forOthers whether users other than ours must be able to run it
record PythonSearch(Optional<Path> configured, List<Path> candidates, boolean forOthers, Path scratch) {
    private static final List<String> VERSIONS = List.of("3.13", "3.12", "3.11", "3.10");

    /// Its version, and the files of it that a process opens first.
    private static final String ASK = "import os, sys; print('%d.%d' % sys.version_info[:2]);"
            + " print(getattr(sys, '_base_executable', sys.executable)); print(os.__file__)";

    PythonSearch {
        candidates = List.copyOf(candidates);
    }

    /// The search on this machine; `path` is the variable of that name.
    static PythonSearch onThisMachine(Optional<Path> configured, String path, boolean forOthers, Path scratch) {
        List<Path> candidates = new ArrayList<>();
        VERSIONS.forEach(version -> candidates.add(Path.of("/usr/bin/python" + version)));
        for (String folder : path.split(":", -1)) {
            if (folder.startsWith("/")) {
                VERSIONS.forEach(version -> candidates.add(Path.of(folder, "python" + version)));
                candidates.add(Path.of(folder, "python3"));
            }
        }
        return new PythonSearch(configured, candidates, forOthers, scratch);
    }

    PythonInterpreter find() throws InterruptedException {
        List<String> refused = new ArrayList<>();
        for (Path candidate : configured.map(List::of).orElse(candidates)) {
            if (configured.isEmpty() && !Files.isExecutable(candidate)) {
                continue;
            }
            Optional<PythonInterpreter> found = examine(candidate, refused::add);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new RuntimeTrouble("no Python 3.10 to 3.13 that Airflow can run on: "
                + (refused.isEmpty() ? "none is installed" : String.join("; ", refused))
                + ". Install one for all users (Debian: apt install python3) or set runtime.process.python");
    }

    private Optional<PythonInterpreter> examine(Path candidate, Consumer<String> refuse) throws InterruptedException {
        try {
            if (!candidate.isAbsolute() || !Files.isExecutable(candidate)) {
                refuse.accept(candidate + " is not an absolute path of a program");
                return Optional.empty();
            }
            if (closedToOthers(candidate, candidate, refuse)) {
                return Optional.empty();
            }
            List<String> answer = ask(candidate);
            if (answer.size() < 3) {
                refuse.accept(candidate + " does not answer like a Python");
                return Optional.empty();
            }
            if (!VERSIONS.contains(answer.getFirst())) {
                refuse.accept(candidate + " is Python " + answer.getFirst());
                return Optional.empty();
            }
            for (String file : answer.subList(1, 3)) {
                if (closedToOthers(candidate, Path.of(file), refuse)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new PythonInterpreter(candidate, answer.getFirst()));
        } catch (IOException e) {
            refuse.accept(candidate + " cannot be looked at: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean closedToOthers(Path candidate, Path file, Consumer<String> refuse) throws IOException {
        Optional<Path> obstacle = forOthers ? OthersAccess.obstacle(file) : Optional.empty();
        obstacle.ifPresent(at -> refuse.accept(candidate
                + " cannot be read by the users that Deployments run under, because " + at + " is closed to others"));
        return obstacle.isPresent();
    }

    private List<String> ask(Path candidate) throws InterruptedException {
        try {
            InstallStep question = new InstallStep(
                    "looking at " + candidate,
                    List.of(candidate.toString(), "-I", "-c", ASK),
                    Map.of("PATH", "/usr/bin:/bin"),
                    scratch);
            return question.run(ignored -> {}).lines().toList();
        } catch (RuntimeTrouble | UncheckedIOException e) {
            return List.of();
        }
    }
}
