package io.headgate.api.http;

import io.headgate.kernel.Problem;
import io.headgate.token.TokenValue;
import io.headgate.web.BoundedBytes;
import io.headgate.web.Given;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Takes the bytes of a body off the wire: bounded, and only if they are declared as JSON (item 45).
@Provider
@Consumes(MediaType.WILDCARD)
@Singleton
final class RequestBodyReader implements MessageBodyReader<RequestBody> {

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RequestBody.class;
    }

    @Override
    public RequestBody readFrom(
            Class<RequestBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream) {
        byte[] bytes = BoundedBytes.ofBody(RequestBody.BYTES_MAX, headers, stream);
        if (bytes.length > 0 && !isJson(mediaType)) {
            refuseTokenInForm(mediaType, bytes);
            throw new Problem(
                            415,
                            "request.content-type",
                            "Content-Type must be application/json, given " + Given.of(mediaType.toString()),
                            List.of())
                    .asException();
        }
        return new RequestBody(bytes);
    }

    static void refuseTokenInForm(MediaType mediaType, byte[] bytes) {
        if (mediaType.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
            String form = new String(bytes, StandardCharsets.ISO_8859_1);
            if (form.contains(PresentedCredential.QUERY_PARAMETER + "=") || TokenValue.isHeldBy(form)) {
                throw CredentialProblems.exposed("form body").asException();
            }
        }
    }

    static boolean isJson(MediaType type) {
        String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        return type.getType().equalsIgnoreCase("application")
                && (subtype.equals("json") || subtype.endsWith("+json"))
                && charset.equalsIgnoreCase("utf-8");
    }
}
