package io.headgate.ui.session;

import java.util.List;

/// How a form rides along while its sender signs in: its address and its fields under names of their own.
final class KeptForm {
    static final String ACTION = "kept-action";
    static final String PREFIX = "kept.";

    private KeptForm() {}

    /// The fields that ride along in a sign-in form; none unless it says where they go.
    static List<Form.Field> of(Form form) {
        String action = form.text(ACTION);
        return action.isEmpty() || !Destination.isWithin(action)
                ? List.of()
                : form.kept().stream()
                        .filter(field -> field.name().startsWith(PREFIX))
                        .map(field -> new Form.Field(field.name().substring(PREFIX.length()), field.value()))
                        .toList();
    }
}
