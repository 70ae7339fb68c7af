package io.headgate.launch;

import io.headgate.identity.FirstSignIn;
import java.util.Optional;

/// What a person can do next, printed once when the server is ready.
///
/// @param https how to use the gateway over https
/// @param signIn how the owner of a new installation gets in; printed here and nowhere else
record Welcome(
        Addresses addresses,
        FirstStart.Outcome outcome,
        Optional<FirstSignIn.Link> signIn,
        Opened opened,
        String limits,
        String https) {

    void print(Console console) {
        signIn.ifPresentOrElse(
                link -> {
                    console.say("  Sign in       " + addresses.publicUrl() + "/first-sign-in/"
                            + link.code().reveal());
                    console.say("                once, within " + FirstSignIn.LIFETIME.toHours()
                            + " hours, to choose the owner's e-mail and password");
                },
                () -> console.say("  Sign in       " + addresses.publicUrl() + " as " + outcome.ownerEmail()));
        console.say("  Organization  " + outcome.organizationId());
        console.say("  Gateway       " + addresses.gatewayPublicUrl());
        console.say("  Over https    " + https);
        console.say("  Data          " + opened.folder().root());
        console.say("  For scripts   ./headgate admin create-token --name me --role ORGANIZATION_OWNER --data "
                + opened.folder().root());
        console.say("  Limits        of each running Deployment: " + limits);
        opened.isolation().finding().ifPresent(finding -> console.say("  Note          " + finding));
        outcome.quickstart()
                .ifPresent(quickstart -> console.say(
                        "  Deployment    quickstart is coming up; the first time this takes a minute or two"));
    }
}
