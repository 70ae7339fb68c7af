/// With what the gateway proves over https who it is: PEM files that an operator configured, or certificates of a local
/// authority that exists for this data folder alone.
///
/// Owns the keys and certificates, their files and their renewal. Knows nothing of TLS itself: that is the gateway's.
/// Start at {@link io.headgate.certificate.ServerCertificates}.
@NullMarked
package io.headgate.certificate;

import org.jspecify.annotations.NullMarked;
