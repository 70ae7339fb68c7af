package io.headgate.deployment;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lowest, default and highest amount of a resource, written as Kubernetes quantities.
public record ResourceRange(Resource resource, String floor, String fallback, String ceiling) {
    public static final ResourceRange TASK_CPU =
            new ResourceRange(Resource.CPU, "0.25", DeploymentOptions.DEFAULT_TASK_POD.cpu(), "16");
    public static final ResourceRange TASK_MEMORY =
            new ResourceRange(Resource.MEMORY, "0.5Gi", DeploymentOptions.DEFAULT_TASK_POD.memory(), "64Gi");
    public static final ResourceRange QUOTA_CPU =
            new ResourceRange(Resource.CPU, "1", DeploymentOptions.DEFAULT_TASK_POD.quotaCpu(), "200");
    public static final ResourceRange QUOTA_MEMORY =
            new ResourceRange(Resource.MEMORY, "2Gi", DeploymentOptions.DEFAULT_TASK_POD.quotaMemory(), "800Gi");

    /// What is measured; each has its own way to write amounts.
    public enum Resource {
        CPU("(\\d{1,6}(?:\\.\\d{1,3})?)(m?)", "a number of CPUs such as 0.25 or 250m"),
        MEMORY("(\\d{1,6}(?:\\.\\d{1,3})?)(Mi|Gi)", "an amount of memory such as 0.5Gi or 512Mi");

        private static final BigDecimal MEBIBYTES = BigDecimal.valueOf(1024);
        private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

        private final Pattern form;
        private final String words;

        Resource(String form, String words) {
            this.form = Pattern.compile(form);
            this.words = words;
        }

        /// Completes the sentence "must be …".
        public String words() {
            return words;
        }

        /// The amount in thousandths of a CPU or in MiB; empty if the text is no quantity.
        public Optional<BigDecimal> amount(String text) {
            Matcher matcher = form.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            BigDecimal number = new BigDecimal(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "Gi" -> number.multiply(MEBIBYTES);
                        case "" -> number.multiply(MILLIS);
                        default -> number;
                    });
        }
    }

    /// Whether the text is a quantity within the range.
    public boolean contains(String text) {
        return resource.amount(text)
                .filter(amount -> amount.compareTo(resource.amount(floor).orElseThrow()) >= 0)
                .filter(amount -> amount.compareTo(resource.amount(ceiling).orElseThrow()) <= 0)
                .isPresent();
    }
}
