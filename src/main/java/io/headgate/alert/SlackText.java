package io.headgate.alert;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A message as the text of a Slack webhook: `&`, `<` and `>` are escaped as Slack asks for, so that the name of a DAG
/// can neither ping a channel nor pose as a link.
final class SlackText {
    private SlackText() {}

    static String of(Message message) {
        Stream<String> title = Stream.of("*" + escaped(message.title()) + "*");
        Stream<String> lines =
                message.lines().stream().map(line -> escaped(line.name()) + ": " + escaped(line.value()));
        return Stream.of(title, lines, message.link().map(SlackText::escaped).stream())
                .flatMap(part -> part)
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
