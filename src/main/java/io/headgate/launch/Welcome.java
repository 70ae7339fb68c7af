package io.headgate.launch;

/// What a person can do next, printed once when the server is ready.
record Welcome(Addresses addresses, FirstStart.Outcome outcome, Opened opened, String limits) {

    void print(Console console) {
        console.say("  Organization  " + outcome.organizationId() + ", owner " + outcome.ownerEmail());
        console.say("  Gateway       " + addresses.gatewayPublicUrl());
        console.say("  Data          " + opened.folder().root());
        console.say("  Next          ./headgate admin create-token --name me --role ORGANIZATION_OWNER --data "
                + opened.folder().root());
        console.say("                prints a token for the API; README.md shows what to do with it");
        console.say("  Limits        of each running Deployment: " + limits);
        opened.isolation().finding().ifPresent(finding -> console.say("  Note          " + finding));
        outcome.quickstart()
                .ifPresent(quickstart -> console.say(
                        "  Deployment    quickstart is coming up; the first time this takes a minute or two"));
    }
}
