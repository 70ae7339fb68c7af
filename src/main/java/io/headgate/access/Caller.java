package io.headgate.access;

import io.headgate.kernel.Problem;

/// Who asks, and where the question came from; the first argument of every use case.
public record Caller(Principal principal, Origin origin) {

    /// Where a request came from: its id, the client's address (from trusted proxies only), and its self-description.
    ///
    /// @param method of the request, with the path that it asked for, without query; both empty if it was not HTTP
    public record Origin(
            String requestId, String address, String userAgent, Client client, String method, String path) {

        /// What is not a request with headers: a command, the first start.
        public Origin(String requestId, String address, String userAgent) {
            this(requestId, address, userAgent, Client.UNNAMED, "", "");
        }
    }

    /// What a client says it is (U4), untrusted; each text is empty if it says nothing.
    ///
    /// @param system operating system and processor, for example `linux-amd64`
    public record Client(String name, String version, String system) {
        public static final Client UNNAMED = new Client("", "", "");
    }

    public Subject subject() {
        return principal.subject();
    }

    public boolean may(Permission permission, Scope scope) {
        return Policy.decide(principal, permission, scope) instanceof Decision.Allowed;
    }

    /// As {@link Policy#sees}.
    public boolean sees(Scope scope) {
        return Policy.sees(principal, scope);
    }

    /// Goes on if allowed; otherwise throws the 403 that names the right, or `ifHidden`, which must be the same problem
    /// as for an object that does not exist.
    public void require(Permission permission, Scope scope, Problem ifHidden) {
        switch (Policy.decide(principal, permission, scope)) {
            case Decision.Allowed() -> {}
            case Decision.Denied(Permission missing) ->
                throw Problem.forbidden("not permitted: this needs " + missing.wireName())
                        .asException();
            case Decision.Hidden() -> throw ifHidden.asException();
        }
    }

    /// Nobody gives, takes or uses a role that allows more than they may themselves (R7); otherwise throws a 403.
    public void requireAllOf(RoleAssignment assignment) {
        Policy.beyond(principal, assignment.grant()).ifPresent(missing -> {
            throw Problem.forbidden("not permitted: " + assignment.role() + " allows more than you may, for example "
                            + missing.wireName())
                    .asException();
        });
    }
}
