package io.headgate.deploy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A path within an archive: relative, going down only, of names that are the same on every screen.
///
/// @param segments none for the root itself
record ArchivePath(List<String> segments) {
    private static final int SHOWN_MAX = 120;
    private static final char UNDECODABLE = '\uFFFD';

    ArchivePath {
        segments = List.copyOf(segments);
    }

    /// Reads the name of an entry; `./` in front is fine, as `tar -C folder .` writes it.
    static ArchivePath of(String name, ArchiveLimits limits) throws ArchiveRefused {
        refuse(name.startsWith("/"), name, "is absolute; paths must be relative");
        refuseCharacters(name, name);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        refuse(
                bytes > limits.pathBytes(),
                name,
                "is too long: given " + bytes + " bytes, allowed " + limits.pathBytes());
        List<String> segments = new ArrayList<>();
        String relative = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (String segment : relative.split("/", -1)) {
            if (segment.equals(".") && segments.isEmpty()) {
                continue;
            }
            refuse(segment.isEmpty(), name, "has an empty segment");
            refuse(segment.equals("."), name, "has the segment '.'");
            refuse(segment.equals(".."), name, "has the segment '..', which leads out of the archive");
            int length = segment.getBytes(StandardCharsets.UTF_8).length;
            refuse(
                    length > limits.nameBytes(),
                    name,
                    "has a name that is too long: given " + length + " bytes, allowed " + limits.nameBytes());
            segments.add(segment);
        }
        refuse(
                segments.size() > limits.depth(),
                name,
                "is too deep: given " + segments.size() + " levels, allowed " + limits.depth());
        return new ArchivePath(segments);
    }

    /// Refuses what no file of a project has: control characters, backslashes, what could not be decoded. Bytes that
    /// are
    /// not UTF-8 arrive here read as Latin-1.
    static void refuseCharacters(String text, String shownFor) throws ArchiveRefused {
        refuse(text.isEmpty(), shownFor, "is empty");
        refuse(text.indexOf('\\') >= 0, shownFor, "holds a backslash");
        refuse(text.indexOf(UNDECODABLE) >= 0, shownFor, "is not UTF-8");
        refuse(text.codePoints().anyMatch(Character::isISOControl), shownFor, "holds a control character");
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    String top() {
        return segments.getFirst();
    }

    String name() {
        return segments.getLast();
    }

    /// What macOS puts beside files, which nobody means to deploy and Airflow would try to import.
    boolean isClutter() {
        return segments.stream().anyMatch(name -> name.startsWith("._") || name.equals(".DS_Store"))
                || (!isRoot() && top().equals("__MACOSX"));
    }

    /// The folders above it, outermost first, without the root.
    List<String> parents() {
        List<String> parents = new ArrayList<>();
        for (int end = 1; end < segments.size(); end++) {
            parents.add(String.join("/", segments.subList(0, end)));
        }
        return parents;
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }

    /// A name as it can be shown: short, and without what would act on a terminal.
    static String shown(String name) {
        StringBuilder shown = new StringBuilder("'");
        name.codePoints()
                .limit(SHOWN_MAX)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.append(name.codePointCount(0, name.length()) > SHOWN_MAX ? "…'" : "'")
                .toString();
    }

    private static void refuse(boolean wrong, String name, String because) throws ArchiveRefused {
        if (wrong) {
            throw new ArchiveRefused("archive refused: the path " + shown(name) + " " + because);
        }
    }
}
