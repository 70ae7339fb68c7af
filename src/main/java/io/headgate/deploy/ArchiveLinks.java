package io.headgate.deploy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The symbolic links of an archive, judged together when all of it is known: each must end inside, also by way of
/// others. Nothing on disk is looked at.
final class ArchiveLinks {
    /// As many as Linux follows.
    private static final int FOLLOWED_MAX = 40;

    private final SequencedMap<String, List<String>> targets = new LinkedHashMap<>();

    void add(ArchivePath path, String target, ArchiveLimits limits) throws ArchiveRefused {
        ArchivePath.refuseCharacters(target, target);
        if (target.startsWith("/")) {
            throw refused(path.toString(), "leads to an absolute path");
        }
        if (target.length() > limits.pathBytes()) {
            throw refused(path.toString(), "has a target that is too long: allowed " + limits.pathBytes() + " bytes");
        }
        targets.put(path.toString(), segments(target));
    }

    boolean contains(String path) {
        return targets.containsKey(path);
    }

    /// Every link with its target as it was written.
    Map<String, String> checked(Set<String> parents) throws ArchiveRefused {
        SequencedMap<String, String> checked = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> link : targets.entrySet()) {
            if (parents.contains(link.getKey())) {
                throw refused(link.getKey(), "is used as a folder by another entry");
            }
            refuseUnlessInside(link.getKey());
            checked.put(link.getKey(), String.join("/", link.getValue()));
        }
        return Collections.unmodifiableSequencedMap(checked);
    }

    /// Walks as the kernel would: `..` after a link goes up from where the link led.
    private void refuseUnlessInside(String path) throws ArchiveRefused {
        Deque<String> ahead = new ArrayDeque<>(segments(path));
        List<String> at = new ArrayList<>();
        int followed = 0;
        while (!ahead.isEmpty()) {
            String segment = ahead.removeFirst();
            switch (segment) {
                case "", "." -> {}
                case ".." -> {
                    if (at.isEmpty()) {
                        throw refused(path, "leads out of the archive");
                    }
                    at.removeLast();
                }
                default -> {
                    at.add(segment);
                    List<String> target = targets.get(String.join("/", at));
                    if (target != null) {
                        if (++followed > FOLLOWED_MAX) {
                            throw refused(path, "goes round in circles");
                        }
                        at.removeLast();
                        target.reversed().forEach(ahead::addFirst);
                    }
                }
            }
        }
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    private static ArchiveRefused refused(String path, String because) {
        return new ArchiveRefused("archive refused: the symbolic link " + ArchivePath.shown(path) + " " + because);
    }
}
