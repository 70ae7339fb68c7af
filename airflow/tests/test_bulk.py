"""Bodies with several actions: only Airflow sees what is in them."""

from __future__ import annotations

import pytest
from conftest import NAMES, refused

from headgate_airflow.permissions import ALL_PERMISSIONS

CONNECTION = {"connection_id": "bulk-made", "conn_type": "http"}
POOL = {"name": "bulk-made", "slots": 1, "include_deferred": False}
VARIABLE = {"key": "bulk-made", "value": "1"}

RESOURCES = [
    ("connection", "connections", CONNECTION, "connection_id"),
    ("pool", "pools", POOL, "name"),
    ("variable", "variables", VARIABLE, "key"),
]


def names(*short: str) -> set[str]:
    return {NAMES + name for name in short}


def bulk(*actions) -> dict:
    return {"actions": list(actions)}


def create(entity, on_existence="skip"):
    return {"action": "create", "entities": [entity], "action_on_existence": on_existence}


def update(entity):
    return {"action": "update", "entities": [entity], "action_on_non_existence": "skip"}


def delete(entity):
    return {"action": "delete", "entities": [entity], "action_on_non_existence": "skip"}


@pytest.mark.parametrize(("resource", "path", "entity", "key"), RESOURCES)
def test_a_bulk_body_is_done_whole_or_refused_whole(resource, path, entity, key, call):
    path = f"/api/v2/{path}"
    for action, needed in [
        (create(entity), {"create"}),
        (create(entity, "overwrite"), {"create", "update"}),
        (update(entity), {"update"}),
        (delete(entity[key]), {"delete"}),
    ]:
        full = names(*(f"{resource}.{verb}" for verb in needed))
        for name in full:
            assert refused(call(ALL_PERMISSIONS - {name}, "PATCH", path, json=bulk(action))), (action, name)
        answer = call(full, "PATCH", path, json=bulk(action))
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(("resource", "path", "entity", "key"), RESOURCES)
def test_nothing_of_a_refused_mixed_body_is_done(resource, path, entity, key, call):
    mixed = bulk(create({**entity, key: "mixed"}), delete(entity[key]))
    one = f"/api/v2/{path}/mixed"
    assert refused(call(names(f"{resource}.create"), "PATCH", f"/api/v2/{path}", json=mixed))
    assert call(names(f"{resource}.get"), "GET", one).status_code == 404
    both = names(f"{resource}.create", f"{resource}.delete")
    assert call(both, "PATCH", f"/api/v2/{path}", json=mixed).status_code == 200
    assert call(names(f"{resource}.get"), "GET", one).status_code == 200


@pytest.mark.parametrize("dag_in_path", ["hello_headgate", "~"])
def test_bulk_runs_are_checked_entity_by_entity(dag_in_path, call):
    path = f"/api/v2/dags/{dag_in_path}/dagRuns"
    run = {"dag_run_id": "absent", "dag_id": "hello_headgate"}
    for action, name in [(update({**run, "state": "failed"}), "dagRun.update"), (delete(run), "dagRun.delete")]:
        assert refused(call(ALL_PERMISSIONS - names(name), "PATCH", path, json=bulk(action)))
        assert not refused(call(names(name), "PATCH", path, json=bulk(action)))
    both = bulk(update({**run, "state": "failed"}), delete(run))
    assert refused(call(names("dagRun.update"), "PATCH", path, json=both))
    assert not refused(call(names("dagRun.update", "dagRun.delete"), "PATCH", path, json=both))


@pytest.mark.parametrize("dag_in_path", ["hello_headgate", "~"])
def test_clearing_several_runs_needs_the_right_to_change_runs(dag_in_path, call):
    path = f"/api/v2/dags/{dag_in_path}/clearDagRuns"
    body = {"dag_runs": [{"dag_run_id": "absent", "dag_id": "hello_headgate"}]}
    assert refused(call(ALL_PERMISSIONS - names("dagRun.update"), "POST", path, json=body))
    assert not refused(call(names("dagRun.update"), "POST", path, json=body))


def test_bulk_task_instances_need_update_always_and_delete_for_each_deletion(call):
    path = "/api/v2/dags/hello_headgate/dagRuns/absent/taskInstances"
    remove = bulk(delete({"task_id": "greet"}))
    assert refused(call(ALL_PERMISSIONS - names("taskInstance.update"), "PATCH", path, json=remove))

    without = call(ALL_PERMISSIONS - names("taskInstance.delete"), "PATCH", path, json=remove)
    assert without.status_code == 200
    assert [error["status_code"] for error in without.json()["delete"]["errors"]] == [403]

    both = call(names("taskInstance.update", "taskInstance.delete"), "PATCH", path, json=remove)
    assert both.status_code == 200
    assert 403 not in [error["status_code"] for error in both.json()["delete"]["errors"]]
