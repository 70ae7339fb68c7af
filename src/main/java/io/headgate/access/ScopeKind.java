package io.headgate.access;

/// The kinds of object on which roles are held and to which tokens belong; the constants are those of the wire.
public enum ScopeKind {
    ORGANIZATION("Organization"),
    WORKSPACE("Workspace"),
    DEPLOYMENT("Deployment");

    private final String noun;

    ScopeKind(String noun) {
        this.noun = noun;
    }

    /// What people call it.
    public String noun() {
        return noun;
    }
}
