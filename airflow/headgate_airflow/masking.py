"""
Keeps secrets out of logs, as far as Airflow can be made to.

Airflow calls what ``[logging] secret_mask_adapter`` names, ``lines_of`` below, whenever a process learns of a secret.
What it does with that is twofold.

A log has no entry with a line break inside, so a private key is only recognised if its lines are masked one by one.

And with the LocalExecutor, tasks' log lines are copied to the scheduler's standard output, where nothing is masked, not
even passwords of Connections: whoever may read a Deployment's component logs would read what the task logs hide.
Airflow has no setting for the steps of that output. So the step it uses for task logs is put before the last one, in
each process that has something to hide and at the moment it learns so.
"""

from __future__ import annotations

import os

import structlog
from airflow.sdk.log import mask_logs, mask_secret


def lines_of(secret: str) -> list[str]:
    """Return the lines of a secret that has several. Airflow leaves out those too short to be told from other text."""
    _mask_component_logs()
    lines = [line.strip() for line in secret.splitlines()]
    return [line for line in lines if line] if len(lines) > 1 else []


def mask_environment() -> None:
    """
    Hide the values of the variables that ``HEADGATE_SECRET_ENV`` names, separated by commas.

    Airflow masks Connections and Variables, not the environment. The names arrive by a variable too, since the
    bundle's kwargs are shown to anyone who may read Airflow's configuration. Values of fewer than five characters
    stay visible: that is Airflow's rule, because masking those would garble every log.
    """
    for name in os.environ.get("HEADGATE_SECRET_ENV", "").split(","):
        value = os.environ.get(name.strip())
        if value:
            # Without the name: given one, Airflow masks the value only if the name itself sounds like a secret.
            mask_secret(value)


def _mask_component_logs() -> None:
    processors = structlog.get_config()["processors"]
    if mask_logs not in processors:
        # In place: loggers that have been used already hold on to this very list.
        processors.insert(len(processors) - 1, mask_logs)
