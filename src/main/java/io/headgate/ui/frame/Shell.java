package io.headgate.ui.frame;

import java.util.List;
import java.util.Optional;

/// What stands around every page: who looks at it, where they are, and what they must know everywhere.
///
/// @param title of the page, for the browser's tab
/// @param theme what the person chose, `light` or `dark`; empty follows the system
/// @param person who is signed in; empty on pages for everybody
/// @param path of this page, to come back to
/// @param finding what is to be known about this installation; usually empty
/// @param note what was just done; usually empty
public record Shell(String title, String theme, Optional<Person> person, String path, String finding, String note) {

    /// Who is signed in.
    ///
    /// @param formToken for every form on the page
    /// @param workspaces those they see; `current` is where they are
    public record Person(
            String email, String formToken, String organization, List<Place> workspaces, Optional<Place> current) {
        public Person {
            workspaces = List.copyOf(workspaces);
        }
    }

    /// A Workspace to go to.
    public record Place(String id, String name) {}

    public boolean isSignedIn() {
        return person.isPresent();
    }

    public String formToken() {
        return person.map(Person::formToken).orElse("");
    }
}
