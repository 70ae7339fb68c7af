/// Edge: takes the bytes of archives behind signed URLs, whole or in blocks, and stores nothing itself.
@NullMarked
package io.headgate.upload;

import org.jspecify.annotations.NullMarked;
