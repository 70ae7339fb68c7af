package io.headgate.launch;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.Subject;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SecretText;
import io.headgate.organization.Organization;
import io.headgate.token.NewApiToken;
import io.headgate.token.Validity;
import java.util.List;
import java.util.OptionalInt;

/// Carries out `admin` commands: whoever may read the data folder may do anything, and the audit log says that it was
/// them.
final class Administration {
    private static final Caller.Origin ORIGIN = new Caller.Origin("admin", "local", "headgate admin");

    private final ControlPlane controlPlane;
    private final AuditAdministration audit;

    Administration(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.audit = new AuditAdministration(controlPlane);
    }

    AdminAnswer answer(AdminRequest request) {
        try {
            return switch (request.command()) {
                case AdminRequest.CREATE_TOKEN -> createToken(request);
                case AdminRequest.SET_PASSWORD -> setPassword(request.chosen().orElseThrow());
                case AdminRequest.VERIFY_AUDIT -> audit.verify();
                case AdminRequest.EXPORT_AUDIT -> {
                    Organization organization = organization();
                    yield audit.export(caller(organization), organization.id(), request);
                }
                default -> AdminAnswer.failed("this server does not know the command " + request.command());
            };
        } catch (ProblemException e) {
            return AdminAnswer.failed(e.problem().message());
        }
    }

    private AdminAnswer createToken(AdminRequest request) {
        if (request.name().isBlank() || request.name().length() > NewApiToken.NAME_MAX) {
            return AdminAnswer.failed("--name must have 1 to " + NewApiToken.NAME_MAX + " characters");
        }
        if (!request.role().equals(Role.ORGANIZATION_OWNER.name())) {
            return AdminAnswer.failed("--role must be ORGANIZATION_OWNER, not '" + request.role() + "'");
        }
        int days = request.expiresInDays().orElse(Validity.PERIOD_MAX_DAYS);
        if (days < Validity.PERIOD_MIN_DAYS || days > Validity.PERIOD_MAX_DAYS) {
            return AdminAnswer.failed("--expires-in-days must be " + Validity.PERIOD_MIN_DAYS + " to "
                    + Validity.PERIOD_MAX_DAYS + ", not " + days);
        }
        Organization organization = organization();
        OptionalInt period = request.expiresInDays().isPresent() ? OptionalInt.of(days) : OptionalInt.empty();
        return AdminAnswer.of(controlPlane
                .apiTokens()
                .create(
                        caller(organization),
                        organization.id(),
                        new NewApiToken.ForOrganization(
                                Role.ORGANIZATION_OWNER, new NewApiToken.Terms(request.name(), "", period)))
                .value()
                .reveal());
    }

    private AdminAnswer setPassword(AdminRequest.ChosenPassword chosen) {
        controlPlane
                .identity()
                .passwords()
                .set(caller(organization()), chosen.email(), new SecretText(chosen.password()));
        return AdminAnswer.of(
                "the password of " + chosen.email() + " is set; whoever was signed in as them is not any" + " more");
    }

    private Organization organization() {
        return controlPlane
                .transactions()
                .inTransaction(controlPlane.organizations()::only)
                .orElseThrow(
                        () -> new LaunchException("this data folder has no Organization yet; start it once with up"));
    }

    private static Caller caller(Organization organization) {
        return new Caller(
                new Principal(
                        new Subject.LocalAdministrator(), List.of(Role.ORGANIZATION_OWNER.in(organization.scope()))),
                ORIGIN);
    }
}
