package io.millwright.identity.template;

import java.util.Locale;

/// How far a template has come. Records can be registered by a published one only; records that are there stay when
/// it is withdrawn.
public enum TemplateState {
    DRAFT,
    PUBLISHED,
    WITHDRAWN;

    /// As it is kept.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
