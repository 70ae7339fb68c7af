from __future__ import annotations

import os
import subprocess
import sys

import environment

MASKED = """
import sys
import airflow.settings
airflow.settings.initialize()
from airflow.sdk._shared.secrets_masker import redact
from headgate_airflow.bundle import VersionedDirBundle

def show(stage):
    print(stage, redact("open-sesame"), redact("plain-value"), redact("second line"), redact("a tiny word"))

import structlog
log = structlog.get_logger("task.stdout")
log.warning("early open-sesame")  # from here on the logger keeps its processors
show("BEFORE")
VersionedDirBundle(name="dags", root=sys.argv[1]).initialize()
show("AFTER")
log.warning("late open-sesame plain-value")
"""


def run(root) -> str:
    (root / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", MASKED, str(root)],
        env={
            **os.environ,
            "PYTHONPATH": str(environment.AIRFLOW_FOLDER),
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
            "DOOR": "open-sesame",
            "OTHER": "plain-value",
            "KEY": "first line\nsecond line\n",
            "EMPTY": "",
            "TINY": "tiny",
            "HEADGATE_SECRET_ENV": "DOOR, KEY,EMPTY,TINY,NOT_SET,",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_secret_variables_are_masked_from_the_moment_the_bundle_is_set_up(tmp_path):
    shown = run(tmp_path)
    # The control: the same calls before show that there is something to hide.
    assert "BEFORE open-sesame plain-value second line a tiny word" in shown
    assert "AFTER *** plain-value *** a tiny word" in shown


def test_what_processes_write_to_standard_output_is_masked_too(tmp_path):
    shown = run(tmp_path)
    assert "early open-sesame" in shown
    assert "late *** plain-value" in shown
