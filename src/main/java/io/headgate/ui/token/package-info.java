/// The tab *API Tokens* of a Deployment: list, create, edit, rotate, delete (S14–S34).
@NullMarked
package io.headgate.ui.token;

import org.jspecify.annotations.NullMarked;
