package io.headgate.runtime.process;

import io.headgate.deployment.variable.EnvironmentVariable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The variables that people set, less those that are not theirs to set.
///
/// Reserved names are refused when they are saved; this is the second wall, should one ever get past the first (V12).
final class PeoplesVariables {
    /// Read by our package inside Airflow, which masks the values of these.
    static final String SECRET_NAMES = "HEADGATE_SECRET_ENV";

    /// The dynamic linker's and the shell's would run code of their choice before ours, and so before the programs that
    /// drop root for theirs.
    private static final List<String> NEVER_PREFIXES = List.of("HEADGATE_", "LD_", "BASH_");

    /// The C library's do the same by way of its modules for character sets and messages.
    private static final Set<String> NEVER = Set.of("PYTHONHOME", "GCONV_PATH", "GLIBC_TUNABLES", "LOCPATH", "NLSPATH");

    /// Airflow also takes an option from the output of a command or from a secrets backend.
    private static final List<String> DETOURS = List.of("_CMD", "_SECRET");

    private final Map<String, EnvironmentVariable> effective = new TreeMap<>();

    /// @param platform the names whose value is always the platform's
    PeoplesVariables(List<EnvironmentVariable> variables, Set<String> platform) {
        for (EnvironmentVariable variable : variables) {
            if (mayBeSet(variable.key(), platform)) {
                refuseUnspeakable(variable);
                effective.put(variable.key(), variable);
            }
        }
    }

    Map<String, String> values() {
        return effective.values().stream()
                .collect(Collectors.toMap(
                        EnvironmentVariable::key, variable -> variable.value().reveal()));
    }

    /// Separated by commas.
    String secretNames() {
        return effective.values().stream()
                .filter(EnvironmentVariable::secret)
                .map(EnvironmentVariable::key)
                .collect(Collectors.joining(","));
    }

    private static boolean mayBeSet(String key, Set<String> platform) {
        return !platform.contains(key)
                && !NEVER.contains(key)
                && NEVER_PREFIXES.stream().noneMatch(key::startsWith)
                && DETOURS.stream()
                        .noneMatch(detour -> key.endsWith(detour)
                                && platform.contains(key.substring(0, key.length() - detour.length())));
    }

    /// The JDK would refuse it with a message that prints the value.
    private static void refuseUnspeakable(EnvironmentVariable variable) {
        String key = variable.key();
        if (key.isEmpty()
                || key.indexOf('=') >= 0
                || key.indexOf('\0') >= 0
                || variable.value().reveal().indexOf('\0') >= 0) {
            throw new RuntimeTrouble("the environment variable '" + key.replace('\0', '?')
                    + "' cannot be given to a process: it contains a NUL, or its key contains '='");
        }
    }
}
