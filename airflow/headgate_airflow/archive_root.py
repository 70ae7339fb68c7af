"""
Lets DAG files import what lies beside their ``dags/`` folder.

An archive may hold ``dags/`` and ``include/`` side by side, and DAG files say ``from include.x import y`` as well as
``import helper`` for a file in ``dags/``. Airflow puts exactly one folder on ``sys.path``: the bundle's path, which has
to be ``dags/``, since Airflow parses every Python file below it and ``include/`` holds no DAGs. So the archive's root
has to come from us.

Appending the root to ``sys.path`` when a bundle is set up would be wrong at times: the dag-processor sets up bundles of
several versions in one process (the newest, and the old version of a run that needs its failure callback) and forks
the parsers from it, so a file of one version could import the ``include`` of another. Hence a finder that decides at
the moment of the import: if ``<root>/versions/<v>/dags`` is on ``sys.path``, ``<root>/versions/<v>`` is searched too.
Which version that is, only Airflow decides, in the forked process. Nothing installed can be shadowed: the finder comes
last.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

DAGS_FOLDER = "dags"


class ArchiveRootFinder:
    """Finds top-level modules in the root of each archive whose ``dags/`` folder is on ``sys.path``."""

    def __init__(self) -> None:
        self._version_folders: set[str] = set()

    def watch(self, versions: str) -> None:
        """Look after the archives in this folder; harmless when repeated."""
        self._version_folders.add(versions)
        if self not in sys.meta_path:
            sys.meta_path.append(self)

    def find_spec(self, fullname: str, path=None, target=None) -> ModuleSpec | None:
        if path is not None:
            return None  # a submodule: its package knows where to look
        for entry in list(sys.path):
            root, folder = os.path.split(entry)
            if folder != DAGS_FOLDER or os.path.dirname(root) not in self._version_folders:
                continue
            spec = PathFinder.find_spec(fullname, [root], target)
            if spec is None:
                continue
            if spec.loader is None:
                # A folder without __init__.py. Python would look for it on sys.path again and again, and not find it;
                # a plain list stays as it is.
                spec.submodule_search_locations = list(spec.submodule_search_locations or [])
            return spec
        return None


finder = ArchiveRootFinder()
