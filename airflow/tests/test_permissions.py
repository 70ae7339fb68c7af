from __future__ import annotations

import subprocess
import sys

import environment
import pytest
import routes
from conftest import NAMES

from headgate_airflow import permissions
from headgate_airflow.permissions import ALL_PERMISSIONS


def test_the_catalogue_has_seventy_names_of_which_forty_five_are_airflows():
    assert len(ALL_PERMISSIONS) == 70
    assert sum(name.startswith(NAMES) for name in ALL_PERMISSIONS) == 45


def test_the_route_tables_use_no_name_outside_the_catalogue():
    rows = [row for row in [*routes.public(), *routes.other()] if row.permission not in ("any-token", "bulk", "deny")]
    assert len(rows) > 130
    for row in rows:
        assert row.names <= ALL_PERMISSIONS, row


def test_a_pair_that_nobody_wrote_down_is_granted_by_nothing():
    assert permissions.for_dag("GET", "RUN") == NAMES + "dagRun.get"
    for method, entity in [
        ("PATCH", "RUN"),
        ("POST", "TASK_INSTANCE"),
        ("GET", "NEW_IN_NEXT_RELEASE"),
        ("POST", ""),
        ("PUT", "CODE"),
        ("", ""),
    ]:
        assert permissions.for_dag(method, entity) is None
    assert permissions.for_resource("pool", "GET") == NAMES + "pool.get"
    for resource, method in [("pool", "MENU"), ("configuration", "PUT"), ("asset_alias", "POST"), ("team", "GET")]:
        assert permissions.for_resource(resource, method) is None
    assert permissions.for_resource("custom_view", "GET") == NAMES + "customMenu.get"
    assert permissions.for_resource("custom_view", "can_do") is None
    assert permissions.for_view("JOBS") == NAMES + "job.get"
    assert permissions.for_view("AUDIT_LOGS_ALL") is None
    assert permissions.shows_menu_item("DAGS", ALL_PERMISSIONS)
    assert not permissions.shows_menu_item("NEW_IN_NEXT_RELEASE", ALL_PERMISSIONS)


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "deployment.airflow.dag.get",
        {"deployment.airflow.dag.get": True},
        ["dag.get"],
        ["deployment.airflow.dag.get", "deployment.airflow.dag.create"],
        ["deployment.airflow.dag.get", 1],
        ["deployment.airflow.dag.get", ["deployment.airflow.dag.get"]],
        ["deployment.airflow.*"],
        ["Deployment.Airflow.Dag.Get"],
        ["deployment.airflow.dag.get "],
    ],
)
def test_a_claim_that_is_not_a_list_of_full_names_is_refused_as_a_whole(claim):
    assert permissions.parse_permissions(["deployment.airflow.dag.get"]) == {"deployment.airflow.dag.get"}
    with pytest.raises(ValueError, match="claim 'permissions'"):
        permissions.parse_permissions(claim)


def test_rows_of_dags_show_to_no_one_without_a_name_that_leads_to_them():
    assert permissions.sees_rows_of_dags("GET", frozenset({NAMES + "dagRun.get"}))
    assert not permissions.sees_rows_of_dags("GET", frozenset({NAMES + "pool.get", NAMES + "website.get"}))
    assert permissions.sees_rows_of_dags("PUT", frozenset({NAMES + "dag.update"}))
    assert not permissions.sees_rows_of_dags("PUT", ALL_PERMISSIONS - {NAMES + "dag.update"})
    assert not permissions.sees_rows_of_dags("PATCH", ALL_PERMISSIONS)


def test_the_mapping_needs_no_airflow():
    code = "import sys, headgate_airflow.permissions; print('airflow' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=environment.AIRFLOW_FOLDER, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
