from __future__ import annotations

from enum import Enum

import environment
import jwt
import pytest
from conftest import NAMES, claims, mint, refused

from headgate_airflow.permissions import ALL_PERMISSIONS

READER = {NAMES + "dag.get"}
DAGS = "/api/v2/dags"

VIEWS = {
    "CLUSTER_ACTIVITY": "clusterActivity.get",
    "DOCS": "docs.get",
    "IMPORT_ERRORS": "importError.get",
    "JOBS": "job.get",
    "PLUGINS": "plugin.get",
    "PROVIDERS": "provider.get",
    "TRIGGERS": "trigger.get",
    "WEBSITE": "website.get",
}


@pytest.fixture(scope="module")
def manager(database):
    from headgate_airflow.auth_manager import HeadgateAuthManager

    return HeadgateAuthManager()


@pytest.fixture(scope="module")
def everybody():
    from headgate_airflow.auth_manager import HeadgateUser

    return HeadgateUser("token:all", ALL_PERMISSIONS)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"permissions": ...}, 403),
        ({"permissions": "deployment.airflow.dag.get"}, 403),
        ({"permissions": ["deployment.airflow.dag.get", "deployment.airflow.everything"]}, 403),
        ({"permissions": ["deployment.airflow.dag.get", None]}, 403),
        ({"sub": ...}, 403),
        ({"sub": ""}, 403),
        ({"sub": "  "}, 403),
        ({"sub": 7}, 403),
        ({"aud": "dep-other"}, 403),
        ({"aud": ...}, 403),
        ({"iss": "https://elsewhere.test"}, 403),
        ({"iss": ...}, 403),
        ({"exp": ...}, 403),
        ({"iat": ...}, 403),
        ({"nbf": ...}, 403),
        ({"exp": 1}, 401),
    ],
    ids=str,
)
def test_a_token_that_lacks_or_bends_one_claim_is_not_accepted(change, status, call):
    assert call.with_token(mint(claims(READER)), "GET", DAGS).status_code == 200
    answer = call.with_token(mint(claims(READER, **change)), "GET", DAGS)
    assert answer.status_code == status
    assert answer.json()["detail"] == ("Invalid JWT token" if status == 403 else "Token Expired")


def test_a_token_of_another_signature_is_not_accepted(call):
    made = claims(READER)
    assert call.with_token(mint(made), "GET", DAGS).status_code == 200
    for token in (mint(made, "x" * 64), mint(made, algorithm="HS256"), jwt.encode(made, None, "none"), "a.b.c"):
        assert call.with_token(token, "GET", DAGS).json()["detail"] == "Invalid JWT token"


def test_a_token_without_permissions_may_do_nothing(call):
    assert refused(call([], "GET", DAGS))
    assert not refused(call(READER, "GET", DAGS))


def test_a_run_is_recorded_under_the_subject_of_the_token(call):
    token = mint(claims({NAMES + "dagRun.create"}, sub="user:ada"))
    body = {"dag_run_id": "by-ada", "logical_date": None}
    answer = call.with_token(token, "POST", "/api/v2/dags/hello_headgate/dagRuns", json=body)
    assert answer.json()["triggering_user_name"] == "user:ada"
    assert answer.json()["bundle_version"] == environment.VERSION


def test_every_entity_and_view_of_this_airflow_is_known_and_a_new_one_is_refused(manager, everybody):
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView, DagAccessEntity

    unknown = Enum("Unknown", {"INVENTED": "INVENTED"}).INVENTED
    for entity in DagAccessEntity:
        assert manager.is_authorized_dag(method="GET", user=everybody, access_entity=entity), entity
    assert not manager.is_authorized_dag(method="GET", user=everybody, access_entity=unknown)
    assert VIEWS.keys() == {view.name for view in AccessView}
    for view in AccessView:
        just = type(everybody)("token:one", frozenset({NAMES + VIEWS[view.name]}))
        without = type(everybody)("token:less", ALL_PERMISSIONS - just.permissions)
        assert manager.is_authorized_view(access_view=view, user=just), view
        assert not manager.is_authorized_view(access_view=view, user=without), view
    assert not manager.is_authorized_view(access_view=unknown, user=everybody)


def test_a_method_is_understood_as_text_and_as_enum_and_an_unknown_one_is_refused(manager, everybody):
    from airflow.api_fastapi.auth.managers.base_auth_manager import ExtendedResourceMethod, ResourceMethod

    for check in ("dag", "connection", "pool", "variable", "configuration", "asset", "asset_alias"):
        allowed = getattr(manager, f"is_authorized_{check}")
        assert allowed(method="GET", user=everybody)
        assert allowed(method=ResourceMethod.GET, user=everybody)
        assert not allowed(method="PATCH", user=everybody)
        assert not allowed(method=ExtendedResourceMethod.MENU, user=everybody)


def test_pages_of_plugins_can_be_looked_at_with_the_menu_permission_only(manager, everybody):
    without = type(everybody)("token:less", ALL_PERMISSIONS - {NAMES + "customMenu.get"})
    assert manager.is_authorized_custom_view(method="GET", resource_name="x", user=everybody)
    assert not manager.is_authorized_custom_view(method="GET", resource_name="x", user=without)
    assert not manager.is_authorized_custom_view(method="can_do", resource_name="x", user=everybody)


def menus(call, held) -> list[str]:
    return call(held, "GET", "/ui/auth/menus").json()["authorized_menu_items"]


def test_all_menu_entries_of_this_airflow_show_to_those_who_may_do_everything(call):
    from airflow.api_fastapi.common.types import MenuItem

    assert sorted(menus(call, ALL_PERMISSIONS)) == sorted(item.value for item in MenuItem)
    assert menus(call, []) == []


def test_an_entry_of_a_folding_menu_needs_the_menu_and_the_page(call):
    for menu, page, entry in [
        ("adminMenu.get", "configMenu.get", "Config"),
        ("adminMenu.get", "connection.get", "Connections"),
        ("adminMenu.get", "plugin.get", "Plugins"),
        ("adminMenu.get", "pool.get", "Pools"),
        ("adminMenu.get", "provider.get", "Providers"),
        ("adminMenu.get", "variable.get", "Variables"),
        ("browseMenu.get", "auditLog.get", "Audit Log"),
        ("browseMenu.get", "dagRun.get", "Deadlines"),
        ("browseMenu.get", "job.get", "Jobs"),
        ("browseMenu.get", "taskInstance.get", "Required Actions"),
        ("browseMenu.get", "xcom.get", "XComs"),
    ]:
        assert menus(call, [NAMES + menu, NAMES + page]) == [entry]
        assert menus(call, [NAMES + menu]) == []
        assert menus(call, [NAMES + page]) == []


def test_the_three_entries_without_a_menu_need_their_page_only(call):
    for page, entry in [("dag.get", "Dags"), ("datasets.get", "Assets"), ("docs.get", "Docs")]:
        assert menus(call, [NAMES + page]) == [entry]
        assert entry not in menus(call, ALL_PERMISSIONS - {NAMES + page})


def test_lists_of_objects_are_all_or_nothing(manager, everybody):
    for kind, argument, name in [
        ("connections", "conn_ids", "connection.get"),
        ("pools", "pool_names", "pool.get"),
        ("variables", "variable_keys", "variable.get"),
        ("dag_ids", "dag_ids", None),
    ]:
        keep = getattr(manager, f"filter_authorized_{kind}")
        lacking = {NAMES + name} if name else ALL_PERMISSIONS
        without = type(everybody)("token:less", ALL_PERMISSIONS - lacking)
        assert keep(**{argument: {"a", "b"}}, user=everybody) == {"a", "b"}
        assert keep(**{argument: {"a", "b"}}, user=without) == set()
