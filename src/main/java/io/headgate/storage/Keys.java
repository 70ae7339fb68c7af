package io.headgate.storage;

import java.nio.file.Path;
import java.security.SecureRandom;

/// The folder of keys, outside the database, readable by Headgate alone; made at the first start.
public record Keys(Path folder) {

    public KeyFile tokenHashing(SecureRandom random) {
        return KeyFile.readOrCreate(PrivateFiles.folder(folder).resolve("token-hash.keys"), random);
    }

    public KeyFile secretEncryption(SecureRandom random) {
        return KeyFile.readOrCreate(PrivateFiles.folder(folder).resolve("secret-encryption.keys"), random);
    }

    public KeyFile uploadSigning(SecureRandom random) {
        return KeyFile.readOrCreate(PrivateFiles.folder(folder).resolve("upload-url.keys"), random);
    }

    public KeyFile auditSealing(SecureRandom random) {
        return KeyFile.readOrCreate(PrivateFiles.folder(folder).resolve("audit-seal.keys"), random);
    }

    public KeyFile sessionSealing(SecureRandom random) {
        return KeyFile.readOrCreate(PrivateFiles.folder(folder).resolve("session-seal.keys"), random);
    }

    public Path tokenSigning() {
        return PrivateFiles.folder(folder).resolve("token-signing.key");
    }
}
