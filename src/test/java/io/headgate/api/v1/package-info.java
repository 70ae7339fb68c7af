/// One class per operation of the contract, one nested class per status.
@NullMarked
package io.headgate.api.v1;

import org.jspecify.annotations.NullMarked;
