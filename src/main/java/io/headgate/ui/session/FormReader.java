package io.headgate.ui.session;

import io.headgate.kernel.Problem;
import io.headgate.web.BoundedBytes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads forms off the wire, and refuses one that was not rendered for the session that sends it (item 45): no page can
/// take a form and forget to look.
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Singleton
final class FormReader implements MessageBodyReader<Object> {
    /// Room for a thousand variables.
    private static final int BYTES_MAX = 1 << 20;

    private final Visitor visitor;
    private final FormTokens tokens;

    FormReader(Visitor visitor, FormTokens tokens) {
        this.visitor = visitor;
        this.tokens = tokens;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Form.class || type == OpenForm.class;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream) {
        String text = new String(BoundedBytes.ofBody(BYTES_MAX, headers, stream), StandardCharsets.US_ASCII);
        Form form = Form.of(fields(text));
        if ((Class<?>) type == OpenForm.class) {
            return new OpenForm(form);
        }
        visitor.sent(form);
        visitor.session().ifPresent(session -> {
            if (!tokens.isFor(session, form.text(Form.TOKEN_FIELD))) {
                throw new FormOutOfDate();
            }
        });
        return form;
    }

    private static Map<String, List<String>> fields(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                fields.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("request.form", "form malformed: a % is not followed by two hexadecimal digits")
                    .asException();
        }
    }
}
