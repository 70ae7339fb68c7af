package io.headgate.token;

import java.util.Optional;

/// A token's new name, and its new description if that changes too.
public record TokenNaming(String name, Optional<String> description) {}
