package io.headgate.ui;

import io.headgate.access.PublicEndpoint;
import io.headgate.kernel.Problem;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.Shells;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Every component in every state, for whoever builds pages; a server that people use does not have it.
@Path("/styleguide")
@PublicEndpoint("shows components without content, and only while developing")
@RunOnVirtualThread
@Singleton
final class StyleguidePages {
    private final Shells shells;
    private final Answers answers;
    private final Clock clock;

    StyleguidePages(Shells shells, Answers answers, Clock clock) {
        this.shells = shells;
        this.answers = answers;
        this.clock = clock;
    }

    /// What components are shown with.
    record Samples(List<String> tones, Moment past, Moment future, FieldErrors wrong, FieldErrors right) {}

    @GET
    @Produces(Answers.HTML)
    public Response styleguide() {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            throw new NotFoundException();
        }
        Instant now = clock.instant();
        FieldErrors wrong = FieldErrors.of(
                Problem.invalidFields(List.of(
                        new Problem.FieldError("wrong", "min", "wrong must be 1–256 characters, given 0"),
                        new Problem.FieldError("confirm", "word", "confirm is not the word"))),
                Map.of("wrong", "Name", "confirm", "The word"));
        return answers.page(Templates.styleguide(
                shells.of("Style guide"),
                new Samples(
                        List.of("ok", "busy", "warn", "bad", "new", "off", "unknown"),
                        Moment.of(now.minus(Duration.ofMinutes(4)), now),
                        Moment.of(now.plus(Duration.ofDays(80)), now),
                        wrong,
                        FieldErrors.none())));
    }

    /// Checked against the templates when the jar is built.
    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance styleguide(Shell shell, Samples samples);
    }
}
