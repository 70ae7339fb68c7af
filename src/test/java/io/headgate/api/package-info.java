/// The API over real HTTP: a client that checks every answer against the OpenAPI document, and the server under test.
@NullMarked
package io.headgate.api;

import org.jspecify.annotations.NullMarked;
