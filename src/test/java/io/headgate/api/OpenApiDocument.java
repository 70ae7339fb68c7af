package io.headgate.api;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Holds what was said over HTTP against the published document.
final class OpenApiDocument {
    private static final int SUCCESS_END = 300;

    private static final ObjectMapper JSON = new ObjectMapper();
    private final String file;
    private final String base;
    private final String somePath;
    private final OpenApiInteractionValidator validator;

    /// @param somePath an operation by POST that may answer any failure; stands in for paths that no operation has
    private OpenApiDocument(String file, String base, String somePath) {
        this.file = file;
        this.base = base;
        this.somePath = base + somePath;
        this.validator = OpenApiInteractionValidator.createForSpecificationUrl(file)
                .withBasePathOverride(base)
                .build();
    }

    static OpenApiDocument ofV1() {
        return new OpenApiDocument("/openapi/v1.0.yaml", "/v1", "/organizations/x/deployments");
    }

    static OpenApiDocument ofPlatform() {
        return new OpenApiDocument(
                "/openapi/platform-v1beta1.yaml", "/platform/v1beta1", "/organizations/x/notification-channels");
    }

    /// Whether an exchange at that path is this document's business.
    boolean covers(String path) {
        return path.startsWith(base);
    }

    @Override
    public String toString() {
        return file;
    }

    /// One exchange.
    record Exchange(String method, URI uri, String contentType, Optional<String> body, Answer answer) {}

    /// Method and path of every operation, as resources declare them.
    Set<String> operations() {
        return operations((path, operation) -> operation.getKey() + " " + base + path);
    }

    Set<String> operationIds() {
        return operations((_, operation) -> operation.getValue().getOperationId());
    }

    private Set<String> operations(BiFunction<String, Map.Entry<PathItem.HttpMethod, Operation>, String> shape) {
        return new OpenAPIV3Parser()
                .read(file).getPaths().entrySet().stream()
                        .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                                .map(operation -> shape.apply(path.getKey(), operation)))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What in the exchange contradicts the document; empty if nothing does.
    ///
    /// 1. A success: the operation exists, and request and answer are as described.
    /// 2. A failure of an operation: the status is listed, the headers and the envelope are as described.
    /// 3. A failure on a path or with a method that the document does not have: the same envelope.
    Optional<String> contradictions(Exchange exchange) {
        Request.Method method = Request.Method.valueOf(exchange.method().toUpperCase(Locale.ROOT));
        String path = exchange.uri().getPath();
        ValidationReport report = validator.validateResponse(
                path, method, response(exchange.answer(), exchange.answer().status()));
        if (isAboutUnknownOperation(report)) {
            report = exchange.answer().status() < 400
                    ? report
                    : validator.validateResponse(somePath, Request.Method.POST, response(exchange.answer(), 400));
        } else if (exchange.answer().status() < SUCCESS_END) {
            report = report.merge(validator.validateRequest(request(exchange, method)));
        }
        return report.hasErrors()
                ? Optional.of(SimpleValidationReportFormat.getInstance().apply(report))
                : Optional.empty();
    }

    private static boolean isAboutUnknownOperation(ValidationReport report) {
        return report.getMessages().stream()
                .anyMatch(message -> message.getKey().equals("validation.request.path.missing")
                        || message.getKey().equals("validation.request.operation.notAllowed"));
    }

    private static SimpleResponse response(Answer answer, int status) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
        return (answer.text().isEmpty() ? response : response.withBody(answer.text())).build();
    }

    private static SimpleRequest request(Exchange exchange, Request.Method method) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(method, exchange.uri().getPath()).withHeader("Authorization", "Bearer x");
        Optional.ofNullable(exchange.uri().getQuery()).ifPresent(query -> {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                request.withQueryParam(pair.substring(0, equals), pair.substring(equals + 1));
            }
        });
        exchange.body().ifPresent(body -> {
            boolean json = exchange.contentType().contains("json");
            request.withContentType(json ? "application/json" : exchange.contentType())
                    .withBody(json ? withoutNulls(body) : body);
        });
        return request.build();
    }

    /// In a request `null` means absent, as the document's introduction says.
    private static String withoutNulls(String body) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(body);
            json.properties().removeIf(member -> member.getValue().isNull());
            return json.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError("a body that is not JSON was accepted: " + body, e);
        }
    }
}
