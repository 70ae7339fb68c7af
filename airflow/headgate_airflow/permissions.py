"""
Which Headgate permission Airflow's questions come down to.

Airflow asks its auth manager about (method, resource) pairs; Headgate grants permission names. The tables below are
the whole translation. They are written out pair by pair, not computed, so that a pair nobody thought about is absent,
and absent means refused: a new method, entity or view in a later Airflow release grants nothing until it is added here.

Nothing in this module needs Airflow: enum members are given by their names.
"""

from __future__ import annotations

_AIRFLOW = "deployment.airflow."

_AIRFLOW_NAMES = """
    adminMenu.get astronomer.get auditLog.get browseMenu.get clusterActivity.get customMenu.get configMenu.get
    connection.get connection.create connection.update connection.delete
    dag.get dag.update dag.delete dagCode.get dagDependencies.get
    dagRun.get dagRun.create dagRun.update dagRun.delete
    datasets.get docs.get importError.get job.get plugin.get
    pool.get pool.create pool.update pool.delete provider.get slaMiss.get
    taskInstance.get taskInstance.create taskInstance.update taskInstance.delete taskLog.get taskReschedule.get
    trigger.get variable.get variable.create variable.update variable.delete website.get xcom.get xcom.delete
"""

_DEPLOYMENT_NAMES = """
    get update delete
    alerts.get alerts.create alerts.update alerts.delete
    apiTokens.get apiTokens.create apiTokens.update apiTokens.delete apiTokens.rotate
    deploys.get deploys.create deploys.update
    envObjects.get envObjects.create envObjects.update envObjects.delete
    logs.get metrics.get teams.get teams.delete users.get users.delete
"""

ALL_PERMISSIONS = frozenset(
    [_AIRFLOW + name for name in _AIRFLOW_NAMES.split()] + ["deployment." + name for name in _DEPLOYMENT_NAMES.split()]
)
"""Every permission a Deployment role can hold. A token may carry the names that mean nothing to Airflow."""


def _table(rows: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    table = {key: _AIRFLOW + name for key, name in rows.items()}
    unknown = set(table.values()) - ALL_PERMISSIONS
    if unknown:
        # A misspelt name would refuse for ever and never be noticed as a mistake.
        raise AssertionError(f"not permission names: {sorted(unknown)}")
    return table


NO_ENTITY = ""
"""The entity of a question about the DAG itself."""

# (entity, method). What comes without a name of its own in the catalogue is decided by what it changes.
_DAG = _table(
    {
        (NO_ENTITY, "GET"): "dag.get",
        (NO_ENTITY, "PUT"): "dag.update",
        (NO_ENTITY, "DELETE"): "dag.delete",
        ("TASK", "GET"): "dag.get",
        ("VERSION", "GET"): "dag.get",
        ("WARNING", "GET"): "dag.get",
        ("CODE", "GET"): "dagCode.get",
        ("DEPENDENCIES", "GET"): "dagDependencies.get",
        ("AUDIT_LOG", "GET"): "auditLog.get",
        ("RUN", "GET"): "dagRun.get",
        ("RUN", "POST"): "dagRun.create",
        ("RUN", "PUT"): "dagRun.update",
        ("RUN", "DELETE"): "dagRun.delete",
        ("TASK_INSTANCE", "GET"): "taskInstance.get",
        ("TASK_INSTANCE", "PUT"): "taskInstance.update",
        ("TASK_INSTANCE", "DELETE"): "taskInstance.delete",
        # taskInstance.create is in the catalogue, but no route of Airflow 3 asks for it: it grants nothing.
        # A required action is a waiting task instance; answering it lets that task go on.
        ("HITL_DETAIL", "GET"): "taskInstance.get",
        ("HITL_DETAIL", "PUT"): "taskInstance.update",
        ("TASK_LOGS", "GET"): "taskLog.get",
        ("XCOM", "GET"): "xcom.get",
        # There is no xcom.create or xcom.update: writing an XCom alters the result of a task instance.
        ("XCOM", "POST"): "taskInstance.update",
        ("XCOM", "PUT"): "taskInstance.update",
        ("XCOM", "DELETE"): "xcom.delete",
    }
)

# (resource, method).
_RESOURCE = _table(
    {
        ("connection", "GET"): "connection.get",
        ("connection", "POST"): "connection.create",
        ("connection", "PUT"): "connection.update",
        ("connection", "DELETE"): "connection.delete",
        ("pool", "GET"): "pool.get",
        ("pool", "POST"): "pool.create",
        ("pool", "PUT"): "pool.update",
        ("pool", "DELETE"): "pool.delete",
        ("variable", "GET"): "variable.get",
        ("variable", "POST"): "variable.create",
        ("variable", "PUT"): "variable.update",
        ("variable", "DELETE"): "variable.delete",
        ("configuration", "GET"): "configMenu.get",
        ("asset", "GET"): "datasets.get",
        # An asset event starts the runs scheduled on the asset; materialising one triggers the DAG that makes it.
        ("asset", "POST"): "dagRun.create",
        # Queued events and the state store decide what DAGs do next.
        ("asset", "PUT"): "dag.update",
        ("asset", "DELETE"): "dag.update",
        ("asset_alias", "GET"): "datasets.get",
        # Pages of plug-ins. Their actions may be called anything; only looking is granted.
        ("custom_view", "GET"): "customMenu.get",
    }
)

_VIEW = _table(
    {
        ("CLUSTER_ACTIVITY", "GET"): "clusterActivity.get",
        ("DOCS", "GET"): "docs.get",
        ("IMPORT_ERRORS", "GET"): "importError.get",
        ("JOBS", "GET"): "job.get",
        ("PLUGINS", "GET"): "plugin.get",
        ("PROVIDERS", "GET"): "provider.get",
        ("TRIGGERS", "GET"): "trigger.get",
        ("WEBSITE", "GET"): "website.get",
    }
)

# An entry shows when the page behind it may be read and, for the two folding menus, when the menu may be seen.
_MENU = {
    "DAGS": {"dag.get"},
    "ASSETS": {"datasets.get"},
    "DOCS": {"docs.get"},
    "AUDIT_LOG": {"browseMenu.get", "auditLog.get"},
    "DEADLINES": {"browseMenu.get", "dagRun.get"},
    "JOBS": {"browseMenu.get", "job.get"},
    "REQUIRED_ACTIONS": {"browseMenu.get", "taskInstance.get"},
    "XCOMS": {"browseMenu.get", "xcom.get"},
    "CONFIG": {"adminMenu.get", "configMenu.get"},
    "CONNECTIONS": {"adminMenu.get", "connection.get"},
    "PLUGINS": {"adminMenu.get", "plugin.get"},
    "POOLS": {"adminMenu.get", "pool.get"},
    "PROVIDERS": {"adminMenu.get", "provider.get"},
    "VARIABLES": {"adminMenu.get", "variable.get"},
}

_ROWS_OF_DAGS_NAMES = """
    auditLog.get dag.get dag.update dagCode.get dagDependencies.get dagRun.get datasets.get importError.get
    taskInstance.get taskLog.get xcom.get
"""
_ROWS_OF_DAGS = frozenset(_AIRFLOW + name for name in _ROWS_OF_DAGS_NAMES.split())


def parse_permissions(claim: object) -> frozenset[str]:
    """
    Take the ``permissions`` claim, or raise ValueError.

    A name we do not know means that the two sides disagree about the catalogue. Dropping it would work on half of the
    rights; refusing shows the disagreement on the first request.
    """
    if not isinstance(claim, list):
        raise ValueError("claim 'permissions' must be a list")
    for name in claim:
        if not isinstance(name, str) or name not in ALL_PERMISSIONS:
            raise ValueError("claim 'permissions' holds something that is not a permission name")
    return frozenset(claim)


def for_dag(method: str, entity: str = NO_ENTITY) -> str | None:
    """Return the permission for a question about a DAG or a part of it, None if nothing grants it."""
    return _DAG.get((entity, method))


def for_resource(resource: str, method: str) -> str | None:
    """Return the permission for a question about any other resource, None if nothing grants it."""
    return _RESOURCE.get((resource, method))


def for_view(view: str) -> str | None:
    """Return the permission for one of Airflow's read-only views, None if nothing grants it."""
    return _VIEW.get((view, "GET"))


def shows_menu_item(item: str, held: frozenset[str]) -> bool:
    """Say whether an entry of Airflow's menu is shown to somebody with these permissions."""
    needed = _MENU.get(item)
    return needed is not None and held >= {_AIRFLOW + name for name in needed}


def sees_rows_of_dags(method: str, held: frozenset[str]) -> bool:
    """
    Say whether lists may hold rows that belong to DAGs.

    Airflow asks this after a route's own check, and by DAG alone: it does not say whether runs, logs or asset events
    are being listed. Answering with ``dag.get`` would give an empty list to a token that may read runs and nothing
    else, so for reading any name that leads to such a list will do. No permission of ours is limited to some DAGs,
    and the route has checked the exact name.
    """
    if method == "GET":
        return not held.isdisjoint(_ROWS_OF_DAGS)
    return for_dag(method) in held
