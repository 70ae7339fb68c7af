/// Environment variables and environment objects of a Deployment. Empty so far.
/// Will not start processes: it changes what {@code runtime} desires.
@NullMarked
package io.headgate.environment;

import org.jspecify.annotations.NullMarked;
