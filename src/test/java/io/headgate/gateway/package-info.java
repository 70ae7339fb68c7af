/// The gateway over real sockets: a scripted Airflow behind it, raw bytes in front of it.
@NullMarked
package io.headgate.gateway;

import org.jspecify.annotations.NullMarked;
