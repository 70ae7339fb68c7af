"""Every route of Airflow, asked with the permissions its row names and without them."""

from __future__ import annotations

import pytest
import routes
from conftest import NAMES, refused

from headgate_airflow.permissions import ALL_PERMISSIONS

# Airflow asks nothing about these names on /ui; the gateway alone enforces them.
GATEWAY_ONLY = {NAMES + "website.get", NAMES + "clusterActivity.get", NAMES + "docs.get"}

# Rows whose question comes only after Airflow has looked into the body, or whose refusal is a 404. The tests at the
# end of this file and in test_bulk.py stand for them.
ASKED_ELSEWHERE = {
    "GET /api/v2/connections/enqueue-test",
    "POST /api/v2/connections/enqueue-test",
    "GET /api/v2/backfills/{backfill_id}",
    "POST /api/v2/dags/{dag_id}/clearDagRuns",
}

PUBLIC = [r for r in routes.public() if r.permission not in ("any-token", "bulk", "deny")]
OTHER = [
    r for r in routes.other() if r.permission != "deny" and r.airflow_check not in ("none", "requires_authenticated()")
]


def request_for(route: routes.Route, database) -> tuple[str, str]:
    path = routes.fill(route.path, backfill_id=database.backfill_id, file_token=database.file_token)
    if route.path.endswith("/materialize"):
        path = routes.fill(route.path, asset_id=database.asset_id)
    if str(route) in ("GET /api/v2/backfills", "GET /ui/backfills"):
        path += "?dag_id=hello_headgate"
    return route.method, path


@pytest.mark.parametrize("route", [r for r in PUBLIC if str(r) not in ASKED_ELSEWHERE], ids=str)
def test_a_public_route_needs_exactly_the_names_of_its_row(route, call, database):
    method, path = request_for(route, database)
    for name in sorted(route.names):
        assert refused(call(ALL_PERMISSIONS - {name}, method, path)), f"allowed without {name}"
    answer = call(route.names, method, path)
    assert not refused(answer), answer.text


@pytest.mark.parametrize("route", OTHER, ids=str)
def test_a_route_of_the_pages_needs_exactly_the_names_of_its_row(route, call, database):
    method, path = request_for(route, database)
    checked = route.names - GATEWAY_ONLY
    assert checked
    for name in sorted(checked):
        assert refused(call(ALL_PERMISSIONS - {name}, method, path)), f"allowed without {name}"
    answer = call(checked, method, path)
    assert not refused(answer), answer.text


@pytest.mark.parametrize("route", [r for r in routes.public() if r.permission == "any-token"], ids=str)
def test_version_and_health_answer_to_anybody(route, call):
    assert call(frozenset(), route.method, route.path).status_code == 200


@pytest.mark.parametrize("path", ["/api/v2/auth/login", "/api/v2/auth/logout"])
def test_signing_in_and_out_lead_to_the_gateway(path, call, monkeypatch):
    answer = call(ALL_PERMISSIONS, "GET", path)
    assert (answer.status_code, answer.headers["location"]) == (307, "http://gateway.test/quickstart/")
    monkeypatch.setenv("HEADGATE_LOGIN_URL", "https://gate.example/sign-in")
    assert call(ALL_PERMISSIONS, "GET", path).headers["location"] == "https://gate.example/sign-in"


def test_airflow_mints_no_token_whatever_the_caller_may_do(call):
    assert call(ALL_PERMISSIONS, "GET", "/ui/auth/me").status_code == 200
    for kind in ("api", "cli"):
        answer = call(ALL_PERMISSIONS, "POST", "/ui/auth/token", json={"token_type": kind})
        assert answer.status_code == 403 and "access_token" not in answer.text


def test_the_result_of_a_connection_test_is_shown_to_readers_of_connections_only(call, database):
    header = {"Airflow-Connection-Test-Token": database.connection_test_token}
    path = "/api/v2/connections/enqueue-test"
    assert call(ALL_PERMISSIONS - {NAMES + "connection.get"}, "GET", path, headers=header).status_code == 404
    assert call({NAMES + "connection.get"}, "GET", path, headers=header).status_code == 200


@pytest.mark.parametrize(("connection", "name"), [("absent", "connection.create"), ("seeded", "connection.update")])
def test_testing_a_connection_needs_the_right_that_saving_it_would_need(connection, name, call):
    body = {"connection_id": connection, "conn_type": "http", "commit_on_success": True}
    path = "/api/v2/connections/enqueue-test"
    assert refused(call(ALL_PERMISSIONS - {NAMES + name}, "POST", path, json=body))
    assert not refused(call({NAMES + name}, "POST", path, json=body))


def test_a_backfill_does_not_exist_for_those_who_may_not_read_runs(call, database):
    path = f"/api/v2/backfills/{database.backfill_id}"
    assert call(ALL_PERMISSIONS - {NAMES + "dagRun.get"}, "GET", path).status_code == 404
    assert call({NAMES + "dagRun.get"}, "GET", path).status_code == 200


def test_waiting_for_a_run_with_results_needs_xcom_too(call):
    runs = "/api/v2/dags/hello_headgate/dagRuns"
    run = {"dag_run_id": "waited-for", "logical_date": None}
    assert call({NAMES + "dagRun.create"}, "POST", runs, json=run).status_code == 200
    end = {"state": "success"}
    assert call({NAMES + "dagRun.update"}, "PATCH", f"{runs}/waited-for", json=end).status_code == 200
    path = f"{runs}/waited-for/wait?interval=1&result=say_it"
    assert refused(call(ALL_PERMISSIONS - {NAMES + "xcom.get"}, "GET", path))
    assert call({NAMES + "dagRun.get", NAMES + "xcom.get"}, "GET", path).status_code == 200


def test_one_read_permission_is_enough_to_see_the_rows_it_is_about(call, database):
    run = {"dag_run_id": "listed", "logical_date": None}
    runs = "/api/v2/dags/hello_headgate/dagRuns"
    assert call({NAMES + "dagRun.create"}, "POST", runs, json=run).status_code == 200
    for name, path, key in [
        ("dagRun.get", "/api/v2/dags/~/dagRuns", "dag_runs"),
        ("taskInstance.get", "/api/v2/dags/~/dagRuns/~/taskInstances", "task_instances"),
        ("dag.get", "/api/v2/dags", "dags"),
        ("auditLog.get", "/api/v2/eventLogs?dag_id=hello_headgate", "event_logs"),
        ("importError.get", "/api/v2/importErrors", "import_errors"),
        ("connection.get", "/api/v2/connections", "connections"),
        ("pool.get", "/api/v2/pools", "pools"),
        ("variable.get", "/api/v2/variables", "variables"),
    ]:
        assert call({NAMES + name}, "GET", path).json()[key], name
        assert refused(call(ALL_PERMISSIONS - {NAMES + name}, "GET", path)), name


def test_source_code_is_shown_to_those_who_may_read_code_and_to_nobody_else(call):
    path = "/api/v2/dagSources/hello_headgate"
    answer = call({NAMES + "dagCode.get"}, "GET", path, headers={"Accept": "text/plain"})
    assert "Greetings from Headgate" in answer.text
    assert refused(call(ALL_PERMISSIONS - {NAMES + "dagCode.get"}, "GET", path))


def test_an_import_error_can_be_read_with_its_own_permission(call, database):
    path = f"/api/v2/importErrors/{database.import_error_id}"
    assert call({NAMES + "importError.get"}, "GET", path).json()["stack_trace"] == "the trace"
    assert refused(call(ALL_PERMISSIONS - {NAMES + "importError.get"}, "GET", path))
