package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page at the root and the one for addresses that do not exist, as people see them.
@QuarkusTest
@BrowserTest
class LandingPagesInABrowserTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing"})
    void keepNobodyOut(String path, Pages pages) {
        Look light = Look.usual();
        for (Look look :
                List.of(light, light.narrow(), light.dark(), light.dark().narrow())) {
            Axe.assertNoViolations(pages.open(look, path).page());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing"})
    void doNotScrollSideways(String path, Pages pages) {
        Overflow.assertNone(pages.open(path).page());
    }

    @Test
    void arePictured(Pages pages) {
        assertThat(Screenshots.of(pages.open("/").page(), "landing"))
                .hasSize(4)
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(Screenshots.of(pages.open("/nothing").page(), "not-found")).hasSize(4);
    }

    @Test
    void leadFromNowhereToTheStartWithoutJavaScript(Pages pages) {
        Visit visit = pages.open(Look.usual().withoutJavaScript(), "/nothing");

        visit.page().getByText("Go to the start page").click();

        assertThat(visit.page().title()).isEqualTo("Headgate");
    }

    @Test
    void shareTheDriverWithTestsThatQuarkusDoesNotLoad(Pages pages) {
        assertThat(pages).isNotNull();
        assertThat(VisitTest.drivers()).isEqualTo(1);
    }
}
