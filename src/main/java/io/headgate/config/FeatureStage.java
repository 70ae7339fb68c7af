package io.headgate.config;

/// How settled a feature is, as its pages say (S2).
public enum FeatureStage {
    /// Usable by everyone; its pages carry a badge, and details may still change.
    PUBLIC_PREVIEW,
    /// Generally available.
    GA
}
