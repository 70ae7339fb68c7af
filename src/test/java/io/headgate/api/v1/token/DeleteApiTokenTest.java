package io.headgate.api.v1.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `DELETE …/tokens/{tokenId}`.
@QuarkusTest
class DeleteApiTokenTest {
    @Inject
    TestApi api;

    @Nested
    class Answers204 {
        /// S26: gone, and its value with it; S27: the same name may be used again.
        @Test
        void andTheValueIsRefusedOnTheNextRequest() {
            IssuedToken token = api.token(OptionalInt.empty());
            String value = token.value().reveal();
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(200);

            Answer answer = api.delete(api.owner(), path(token));

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.text()).isEmpty();
            assertThat(api.get(value, "/v1/organizations").status()).isEqualTo(401);
            assertThat(api.get(api.owner(), path(token)).status()).isEqualTo(404);
            assertThat(api.delete(api.owner(), path(token)).status()).isEqualTo(404);
            assertThat(api.token(OptionalInt.empty()).token().id())
                    .isNotEqualTo(token.token().id());
            assertThat(api.audited(token.token().id().value()))
                    .last()
                    .asString()
                    .startsWith("token.deleted by ");
        }
    }

    @Nested
    class Answers403 {
        /// S36.
        @Test
        void toADeploymentToken() {
            IssuedToken token = api.token(OptionalInt.empty());

            assertThat(api.delete(token.value().reveal(), path(token)).status()).isEqualTo(403);
            assertThat(api.delete(api.owner(), path(token)).status()).isEqualTo(204);
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forATokenOfASiblingWhichStays() {
            IssuedToken foreign = api.behind().token(api.behind().sibling().id(), "foreign", OptionalInt.empty());

            assertThat(api.delete(api.deploymentToken(), path(foreign)).status())
                    .isEqualTo(404);
            assertThat(api.get(foreign.value().reveal(), "/v1/organizations").status())
                    .isEqualTo(200);
        }
    }

    private String path(IssuedToken token) {
        return api.organization("/tokens/" + token.token().id());
    }
}
