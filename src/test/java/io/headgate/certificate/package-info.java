@NullMarked
package io.headgate.certificate;

import org.jspecify.annotations.NullMarked;
