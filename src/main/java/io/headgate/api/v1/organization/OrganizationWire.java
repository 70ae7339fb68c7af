package io.headgate.api.v1.organization;

import io.headgate.api.v1.SubjectProfileWire;
import io.headgate.organization.Organization;
import java.time.Instant;
import java.util.List;

/// An Organization in answers. The stock command line stops without a `product`, and changes its ways with any other
/// than `HOSTED`; the remaining fixed members say that this installation has none of those features.
record OrganizationWire(
        String id,
        String name,
        String product,
        String status,
        String supportPlan,
        List<String> productPlans,
        boolean isScimEnabled,
        boolean allowEnhancedSupportAccess,
        boolean hasAllowedIpAddressRanges,
        boolean isBlockedEnableAiFeatures,
        boolean shouldEnforceDedicatedClusters,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {
    static final String PRODUCT = "HOSTED";

    static OrganizationWire of(Organization organization) {
        return new OrganizationWire(
                organization.id().value(),
                organization.name(),
                PRODUCT,
                "ACTIVE",
                "BASIC",
                List.of(),
                false,
                false,
                false,
                false,
                false,
                organization.authorship().createdAt(),
                SubjectProfileWire.of(organization.authorship().createdBy()),
                organization.authorship().updatedAt(),
                SubjectProfileWire.of(organization.authorship().updatedBy()));
    }
}
