"""The environment of one Deployment, as the control plane sets it, on SQLite. Import this before Airflow."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

AIRFLOW_FOLDER = Path(__file__).resolve().parents[1]
ROUTES_FOLDER = AIRFLOW_FOLDER.parent / "src" / "main" / "resources" / "airflow"

JWT_SECRET = "not-a-secret-" * 8
JWT_AUDIENCE = "dep-test"
JWT_ISSUER = "https://headgate.test/deployments/test"
BASE_URL = "http://gateway.test/quickstart"
BUNDLE = "dags"
VERSION = "2026-01-02T03-04-05.6789012Z"


def bundle_config(root: Path) -> str:
    kwargs = {"root": str(root), "refresh_interval": 1}
    return json.dumps([{"name": BUNDLE, "classpath": "headgate_airflow.bundle.VersionedDirBundle", "kwargs": kwargs}])


def make_code(root: Path) -> None:
    """Lay out a bundle that holds the first example and a DAG that makes an asset."""
    dags = root / "versions" / VERSION / "dags"
    dags.mkdir(parents=True)
    (root / "empty").mkdir()
    for folder in ("first_bundle/dags", "tests/dags_for_tests"):
        for file in (AIRFLOW_FOLDER / folder).glob("*.py"):
            shutil.copy(file, dags)
    (root / "current").write_text(VERSION + "\n")


def enter() -> Path:
    home = Path(tempfile.mkdtemp(prefix="headgate-airflow-test-"))
    code = home / "code"
    make_code(code)
    for name in [n for n in os.environ if n.startswith(("AIRFLOW", "HEADGATE_"))]:
        del os.environ[name]
    os.environ.update(
        AIRFLOW_HOME=str(home),
        AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{home}/airflow.db",
        AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS="False",
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
        AIRFLOW__CORE__DAGS_FOLDER=str(home / "nodags"),
        AIRFLOW__CORE__AUTH_MANAGER="headgate_airflow.auth_manager.HeadgateAuthManager",
        # Off by default, and then Airflow answers 403 before it asks the auth manager.
        AIRFLOW__CORE__TEST_CONNECTION="Enabled",
        AIRFLOW__API__BASE_URL=BASE_URL,
        AIRFLOW__API__SECRET_KEY="signs-file-tokens",
        AIRFLOW__API__EXPOSE_CONFIG="non-sensitive-only",
        AIRFLOW__API_AUTH__JWT_SECRET=JWT_SECRET,
        AIRFLOW__API_AUTH__JWT_ALGORITHM="HS512",
        AIRFLOW__API_AUTH__JWT_AUDIENCE=JWT_AUDIENCE,
        AIRFLOW__API_AUTH__JWT_ISSUER=JWT_ISSUER,
        AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST=bundle_config(code),
        AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH=str(home / "bundles"),
        AIRFLOW__LOGGING__BASE_LOG_FOLDER=str(home / "logs"),
        AIRFLOW__LOGGING__LOGGING_LEVEL="ERROR",
        AIRFLOW__LOGGING__SECRET_MASK_ADAPTER="headgate_airflow.masking.lines_of",
        AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
    )
    return home
