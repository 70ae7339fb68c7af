package io.headgate.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of the operating system, by its absolute path.
///
/// What starts as root and gives its rights up later must not look a name up in a `PATH` that is meant for the code it
/// starts: that code could have put its own program there.
public final class SystemProgram {
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    private SystemProgram() {}

    /// Where it is; an exception that names it if this system does not have it.
    public static String path(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "'" + name + "' is not in /usr/bin, /bin, /usr/sbin or /sbin; install util-linux"));
    }
}
