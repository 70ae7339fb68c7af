package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InstallEnvironmentTest {

    @Test
    void onlySettingsOfThePackageIndexPass() {
        Map<String, String> ours = Map.of(
                "HOME", "/home/ada",
                "PATH", "/bin",
                "PIP_INDEX_URL", "https://pypi.example",
                "UV_INDEX_URL", "https://pypi.example",
                "https_proxy", "http://proxy",
                "NO_PROXY", "localhost",
                "SSL_CERT_FILE", "/ca.pem",
                "HEADGATE_OWNER_PASSWORD", "secret",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "PYTHONPATH", "/elsewhere");

        Map<String, String> theirs = InstallEnvironment.from(ours, Path.of("/cache/uv"));

        assertThat(theirs)
                .containsOnlyKeys(
                        "HOME",
                        "PATH",
                        "LANG",
                        "PIP_INDEX_URL",
                        "PIP_DISABLE_PIP_VERSION_CHECK",
                        "UV_INDEX_URL",
                        "UV_CACHE_DIR",
                        "UV_PYTHON_DOWNLOADS",
                        "UV_NO_PROGRESS",
                        "https_proxy",
                        "NO_PROXY",
                        "SSL_CERT_FILE")
                .containsEntry("UV_PYTHON_DOWNLOADS", "never")
                .containsEntry("UV_CACHE_DIR", "/cache/uv");
    }
}
