from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import environment
import pytest


def preflight(**changes) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "headgate_airflow.preflight"],
        env={**os.environ, "PYTHONPATH": str(environment.AIRFLOW_FOLDER), **changes},
        cwd="/",
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout.splitlines()[-1]


@cache
def unchanged() -> tuple[int, str]:
    return preflight()


def config(classpath="headgate_airflow.bundle.VersionedDirBundle", **kwargs) -> str:
    return json.dumps([{"name": "dags", "classpath": classpath, "kwargs": kwargs}])


def test_a_good_environment_passes_and_the_line_names_the_version():
    assert unchanged() == (0, f"headgate preflight: ok: dags={environment.VERSION}")


def test_a_deployment_without_code_passes(tmp_path):
    (tmp_path / "empty").mkdir()
    changed = preflight(AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST=config(root=str(tmp_path)))
    assert changed == (0, "headgate preflight: ok: dags=nothing deployed yet")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"AIRFLOW__CORE__AUTH_MANAGER": "headgate_airflow.auth_manager.Missing"}, "Missing"),
        (
            {
                "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager."
                "SimpleAuthManager"
            },
            "not HeadgateAuthManager",
        ),
        ({"AIRFLOW__LOGGING__SECRET_MASK_ADAPTER": ""}, "secret_mask_adapter"),
        ({"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": config(root="/does/not/exist")}, "/does/not/exist/empty"),
        ({"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": config(refresh_interval=1)}, "root"),
        ({"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": config("headgate_airflow.bundle.Missing")}, "Missing"),
        (
            {
                "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": config(
                    "airflow.dag_processing.bundles.local.LocalDagBundle", path="/tmp"
                )
            },
            "not a VersionedDirBundle",
        ),
    ],
)
def test_what_airflow_would_stumble_over_is_one_line_and_status_one(changes, words):
    assert unchanged()[0] == 0
    status, line = preflight(**changes)
    assert status == 1
    assert line.startswith("headgate preflight: failed: ")
    assert words in line
