package io.headgate.ui;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The page that answers at the root of the control plane.
@Singleton
@Path("/")
final class LandingPage {
    @GET
    @Produces(MediaType.TEXT_HTML)
    public String show() {
        return "<!doctype html><title>Headgate</title><h1>Headgate</h1>";
    }
}
