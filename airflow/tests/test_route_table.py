"""The application's own routes against the tables: a route without a row must not go unnoticed."""

from __future__ import annotations

import routes
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount


def api_routes(app):
    return [route for route in app.routes if isinstance(route, APIRoute)]


def dependency_names(dependant):
    for inner in dependant.dependencies:
        yield getattr(inner.call, "__qualname__", repr(inner.call))
        yield from dependency_names(inner)


def names(app) -> set[str]:
    found = {f"{method} {route.path}" for route in api_routes(app) for method in route.methods}
    return {name for name in found if name.split(" ")[1].startswith(("/api/v2/", "/ui/"))}


def test_every_route_of_the_application_has_a_row_and_every_row_a_route(app):
    listed = {str(row) for row in [*routes.public(), *routes.other()] if row.path.startswith(("/api/v2/", "/ui/"))}
    assert len(routes.public()) == 128
    assert names(app) == listed

    changed = FastAPI()
    changed.router.routes.extend(app.routes)
    changed.add_api_route("/api/v2/new", lambda: None, methods=["GET"])
    assert names(changed) - listed == {"GET /api/v2/new"}


def test_nothing_is_mounted_that_the_tables_do_not_know(app):
    known = {row.path for row in routes.other()}
    mounts = {route.path for route in app.routes if isinstance(route, Mount)}
    assert "/static" in mounts
    assert mounts <= known


def test_lists_of_rows_that_belong_to_dags_are_guarded_by_a_check_of_their_own(app):
    """What permissions.sees_rows_of_dags relies on when it is generous."""
    filtered = 0
    for route in api_routes(app):
        names = list(dependency_names(route.dependant))
        if any("permitted_dag_filter_factory" in name for name in names):
            filtered += 1
            assert any(name.startswith("requires_access_") for name in names), route.path
    assert filtered > 20
