package io.headgate.ui.docs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the links of one page lead in the product. In the files they are relative, so that they work on a code host
/// and in
/// an editor, too.
///
/// @param file the page's own file, below `docs`
/// @param served files below `docs` that are served
record DocsLinks(String file, Set<String> served) {
    static final String ROOT = "/docs/";
    static final String PAGE_ENDING = ".md";

    private static final Pattern ABSOLUTE = Pattern.compile("(?:https?|mailto):.*");
    private static final Pattern RELATIVE = Pattern.compile("([^#?]+)(#.*)?");

    /// Empty for what the product does not serve, such as a source file, and for schemes that a browser would run.
    Optional<String> resolve(String destination) {
        if (destination.startsWith("#") || ABSOLUTE.matcher(destination).matches()) {
            return Optional.of(destination);
        }
        Matcher relative = RELATIVE.matcher(destination);
        if (!relative.matches()) {
            return Optional.empty();
        }
        String target = sibling(relative.group(1));
        String fragment = Optional.ofNullable(relative.group(2)).orElse("");
        return served.contains(target) ? Optional.of(ROOT + withoutEnding(target) + fragment) : Optional.empty();
    }

    static String withoutEnding(String file) {
        return file.endsWith(PAGE_ENDING) ? file.substring(0, file.length() - PAGE_ENDING.length()) : file;
    }

    private String sibling(String relative) {
        return Path.of(file).resolveSibling(relative).normalize().toString();
    }
}
