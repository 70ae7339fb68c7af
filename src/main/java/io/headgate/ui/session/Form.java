package io.headgate.ui.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.web.Members;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a person sent with a form, by field; each field once, or several times where rows repeat.
///
/// It prints as nothing: fields hold passwords and values of variables.
public final class Form {
    /// The field that shows for which session the form was rendered.
    public static final String TOKEN_FIELD = "_form";

    /// The field that lets a form do its work once.
    public static final String NONCE_FIELD = "_once";

    private final SequencedMap<String, List<String>> fields;

    Form(SequencedMap<String, List<String>> fields) {
        this.fields = fields;
    }

    /// The text of a field, `""` if it was not sent; line ends are those of Unix.
    public String text(String field) {
        return all(field).stream().findFirst().orElse("").replace("\r\n", "\n");
    }

    /// The texts of a field that repeats, in their order.
    public List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /// The path of this server that a field names; `/` if it names anything else.
    public String destination(String field) {
        return Destination.within(text(field));
    }

    /// What lets this form do its work once; empty if it does not have to.
    public Optional<String> nonce() {
        return Optional.of(text(NONCE_FIELD)).filter(nonce -> !nonce.isEmpty());
    }

    /// Some fields as members with texts, for the rules that bodies are read by; what is empty is absent.
    public Members members(String... names) {
        return membersOf(Arrays.stream(names).map(name -> new Field(name, text(name))));
    }

    /// The same of fields that were gathered from several.
    public static Members membersOf(Stream<Field> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.filter(field -> !field.value().isEmpty()).forEach(field -> object.put(field.name(), field.value()));
        return Members.of(object);
    }

    /// What can be sent once more by hand: everything but the token and passwords.
    List<Field> kept() {
        return fields.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(TOKEN_FIELD) && !entry.getKey().startsWith("password"))
                .flatMap(entry -> entry.getValue().stream().map(value -> new Field(entry.getKey(), value)))
                .toList();
    }

    /// A field that is sent along unseen.
    public record Field(String name, String value) {
        @Override
        public String toString() {
            return name + "=***";
        }
    }

    @Override
    public String toString() {
        return fields.keySet().stream().collect(Collectors.joining(", ", "Form[", "]"));
    }

    static Form of(Map<String, List<String>> fields) {
        return new Form(new LinkedHashMap<>(fields));
    }
}
