package io.headgate.config;

import io.headgate.kernel.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How the text of a setting becomes a value; `allowed` completes the sentence "… must be".
public record SettingType<T>(String allowed, Function<String, T> parser, Function<T, String> printer) {

    static final SettingType<String> TEXT = new SettingType<>("a text", text -> text, text -> text);

    static final SettingType<Boolean> YES_OR_NO = new SettingType<>(
            "true or false",
            text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException();
            },
            value -> Boolean.toString(value));

    /// One of the constants by its exact name.
    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> constants) {
        String names =
                Arrays.stream(constants.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
        return new SettingType<>(names, text -> Enum.valueOf(constants, text), Enum::name);
    }

    static final SettingType<Integer> PORT = number(0, 65535);

    static final SettingType<Duration> SECONDS = new SettingType<>(
            "a whole number of seconds from 0 to 86400",
            text -> Duration.ofSeconds(between(0, 86_400, text)),
            duration -> Long.toString(duration.toSeconds()));

    static final SettingType<Optional<String>> OPTIONAL_TEXT =
            new SettingType<>("a text", SettingType::nonEmpty, value -> value.orElse(""));

    static final SettingType<Optional<SecretText>> SECRET = new SettingType<>(
            "a text", text -> nonEmpty(text).map(SecretText::new), value -> value.isPresent() ? "***" : "");

    static final SettingType<Optional<Path>> FOLDER = new SettingType<>(
            "a folder",
            text -> nonEmpty(text).map(Path::of),
            value -> value.map(Path::toString).orElse(""));

    static final SettingType<Optional<Path>> FILE = new SettingType<>(
            "a file",
            text -> nonEmpty(text).map(Path::of),
            value -> value.map(Path::toString).orElse(""));

    static final SettingType<Optional<URI>> URL = new SettingType<>(
            "an absolute http or https URL without path, query or user",
            text -> nonEmpty(text).map(SettingType::origin),
            value -> value.map(URI::toString).orElse(""));

    static final SettingType<List<String>> LIST = new SettingType<>(
            "a list separated by commas",
            text -> Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList(),
            items -> String.join(",", items));

    static final SettingType<Map<String, String>> MAP = new SettingType<>(
            "a list of NAME=HOST separated by commas",
            SettingType::pairs,
            map -> String.join(
                    ",",
                    map.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .toList()));

    static SettingType<Integer> number(int lowest, int highest) {
        return new SettingType<>(
                "a whole number from " + lowest + " to " + highest,
                text -> (int) between(lowest, highest, text),
                number -> Integer.toString(number));
    }

    static SettingType<Long> bytes(long lowest, long highest) {
        return new SettingType<>(
                "a whole number of bytes from " + lowest + " to " + highest,
                text -> between(lowest, highest, text),
                number -> Long.toString(number));
    }

    String shown(T value) {
        return printer.apply(value);
    }

    private static long between(long lowest, long highest, String text) {
        long number = Long.parseLong(text);
        if (number < lowest || number > highest) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static URI origin(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getHost() != null
                && (url.getPath() == null || url.getPath().isEmpty())
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getUserInfo() == null;
        if (!web || !bare) {
            throw new IllegalArgumentException();
        }
        return url;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : LIST.parser().apply(text)) {
            int equals = item.indexOf('=');
            if (equals < 1 || equals == item.length() - 1) {
                throw new IllegalArgumentException();
            }
            pairs.put(item.substring(0, equals), item.substring(equals + 1));
        }
        return Map.copyOf(pairs);
    }
}
