/// The Deployments of a Workspace: list, create, overview, delete.
@NullMarked
package io.headgate.ui.deployment;

import org.jspecify.annotations.NullMarked;
