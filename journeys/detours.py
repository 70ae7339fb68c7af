"""Other ways to what a right decides: several actions in one body, `~` for any DAG, a body that names another DAG than the path."""

from dataclasses import dataclass

AIRFLOW = "deployment.airflow."
MAKERS = {
    "connection": ("/api/v2/connections", {"connection_id": "detour", "conn_type": "http"}, "detour"),
    "pool": ("/api/v2/pools", {"name": "detour", "slots": 1, "include_deferred": False}, "detour"),
    "variable": ("/api/v2/variables", {"key": "detour", "value": "1"}, "detour"),
}


@dataclass(frozen=True)
class Detour:
    words: str
    right: str
    method: str
    path: str
    body: dict | None = None


def bulk(action: str, entity, **more) -> dict:
    return {"actions": [{"action": action, "entities": [entity]} | more]}


def detours(run: str, dag: str = "hello_headgate", other_dag: str = "greet") -> list[Detour]:
    """In an order in which each finds what it acts on; the run has ended."""
    found = []
    for kind, (path, entity, key) in MAKERS.items():
        found += [
            Detour("bulk create", f"{kind}.create", "PATCH", path, bulk("create", entity)),
            Detour("bulk create that overwrites", f"{kind}.update", "PATCH", path, bulk("create", entity, action_on_existence="overwrite")),
            Detour("bulk update", f"{kind}.update", "PATCH", path, bulk("update", entity)),
            Detour("bulk delete", f"{kind}.delete", "PATCH", path, bulk("delete", key)),
        ]
    named = {"dag_id": dag, "dag_run_id": run}
    absent = {"dag_id": dag, "dag_run_id": "absent"}
    instances = f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances"
    backfill = {"dag_id": "daily", "from_date": "2026-01-01T00:00:00Z", "to_date": "2026-01-02T00:00:00Z"}
    ignored = {"action_on_non_existence": "skip"}
    clear = {"dag_runs": [named], "dry_run": True}
    found += [
        Detour("~ for a DAG", "dagRun.get", "GET", "/api/v2/dags/~/dagRuns"),
        Detour("~ for a DAG and a run", "taskInstance.get", "GET", "/api/v2/dags/~/dagRuns/~/taskInstances"),
        Detour("~, listed by a body", "dagRun.get", "POST", "/api/v2/dags/~/dagRuns/list", {}),
        Detour("~, bulk update", "dagRun.update", "PATCH", "/api/v2/dags/~/dagRuns", bulk("update", named | {"state": "success"})),
        Detour("~, bulk delete", "dagRun.delete", "PATCH", "/api/v2/dags/~/dagRuns", bulk("delete", absent, **ignored)),
        Detour(
            "a body with another DAG's run",
            "dagRun.update",
            "PATCH",
            f"/api/v2/dags/{other_dag}/dagRuns",
            bulk("update", named | {"state": "success"}),
        ),
        Detour(
            "a body with another DAG's run",
            "dagRun.delete",
            "PATCH",
            f"/api/v2/dags/{other_dag}/dagRuns",
            bulk("delete", absent, **ignored),
        ),
        Detour("~, cleared together", "dagRun.update", "POST", "/api/v2/dags/~/clearDagRuns", clear),
        Detour("bulk delete", "taskInstance.update", "PATCH", instances, bulk("delete", {"task_id": "absent"}, **ignored)),
        Detour("the DAG in the body", "dagRun.create", "POST", "/api/v2/backfills/dry_run", backfill),
        Detour("the result of a run", "xcom.get", "GET", f"/api/v2/dags/{dag}/dagRuns/{run}/wait?interval=1&result=frame"),
    ]
    return found
