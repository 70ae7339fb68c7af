package io.headgate.runtime.process;

import io.headgate.kernel.SecretText;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the packages that Deployments ask for come from; its address may hold credentials, and so is never shown and
/// never on a command line.
///
/// @param url empty: wherever the installer looks by itself
record PackageIndex(Optional<SecretText> url) {
    /// What overrides the address in the environment of `uv`.
    private static final List<String> OVERRIDDEN = List.of("UV_INDEX_URL", "UV_DEFAULT_INDEX");

    /// Also those that come by the environment, which the installer may repeat in its words.
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^\\s/@]+@");

    /// The environment with which the installer uses it.
    Map<String, String> in(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        url.ifPresent(address -> {
            OVERRIDDEN.forEach(all::remove);
            all.put("UV_DEFAULT_INDEX", address.reveal());
        });
        return all;
    }

    /// Words of the installer without anything that would let the reader in.
    String redacted(String words) {
        String clean = words;
        Optional<String> secret =
                url.map(SecretText::reveal).map(PackageIndex::userInfo).filter(info -> !info.isEmpty());
        if (secret.isPresent()) {
            clean = clean.replace(secret.get(), "***");
            String password = secret.get().substring(secret.get().indexOf(':') + 1);
            clean = password.isEmpty() ? clean : clean.replace(password, "***");
        }
        return CREDENTIALS.matcher(clean).replaceAll("***@");
    }

    /// Which index it is, without credentials: they may change and it is the same.
    String identity() {
        return url.map(SecretText::reveal)
                .map(address -> CREDENTIALS.matcher(address).replaceAll(""))
                .orElse("");
    }

    private static String userInfo(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getRawUserInfo()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
