/// Environment variables of a Deployment: what people set, what is withheld for ever, what the platform keeps to
/// itself.
/// Rights are decided by the use cases of {@code deployment}, which own the Deployment that variables belong to.
@NullMarked
package io.headgate.deployment.variable;

import org.jspecify.annotations.NullMarked;
