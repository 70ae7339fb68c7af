"""The two route tables that the gateway works from."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

import environment


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    permission: str
    airflow_check: str
    note: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.permission.split("+"))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _rows(file: str):
    with open(environment.ROUTES_FOLDER / file, encoding="utf-8", newline="") as stream:
        lines = [line for line in stream if not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def public() -> list[Route]:
    """What is below /api/v2."""
    return [
        Route(r["method"], "/api/v2" + r["path"], r["permission"], r["airflow_check"], r["note"] or "")
        for r in _rows("airflow-3.3.2-routes.tsv")
    ]


def other() -> list[Route]:
    """Everything else."""
    return [
        Route(r["method"], r["path"], r["advice"].removeprefix("allow "), r["airflow_check"], r["note"] or "")
        for r in _rows("airflow-3.3.2-other-routes.tsv")
    ]


_NUMBERS = {
    "map_index", "try_number", "task_try_number", "version_number", "asset_id", "asset_alias_id", "backfill_id",
    "import_error_id", "event_log_id",
}  # fmt: skip


def fill(path: str, **values) -> str:
    """Give every parameter a value of its type that names nothing."""

    def value(match: re.Match) -> str:
        name = match[1].removesuffix(":path")
        return str(values.get(name, 999999 if name in _NUMBERS else "absent"))

    return re.sub(r"\{([^}]*)\}", value, path)
