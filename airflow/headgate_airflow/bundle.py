"""
DAG code in immutable version folders.

Layout, written by the control plane and only read here::

    <root>/versions/<version>/[dags/]...   never changes once it is there
    <root>/current                         the name of the newest version; replaced by rename
    <root>/empty/                          stands in while nothing has been deployed

A run keeps the version it was created with: Airflow gives that version to every task of the run. Airflow's own local
bundle has no versions, so a task that starts after a deploy would run new code inside an old run.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from airflow.dag_processing.bundles.base import BaseDagBundle, BundleVersion

from headgate_airflow import archive_root, masking

# Versions name folders and come from a file and from Airflow's database. No separator and no leading dot can pass, so
# none can lead outside versions/.
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,199}")


class VersionedDirBundle(BaseDagBundle):
    """Serves one version of a Deployment's code: the one asked for, or else the one ``current`` names."""

    supports_versioning = True

    def __init__(self, *, root: str, **kwargs) -> None:
        super().__init__(**kwargs)
        # Not resolved: Airflow stores these paths and compares them as text, also across processes.
        self._root = Path(os.path.abspath(root))
        self._served: tuple[str | None, Path] | None = None
        archive_root.finder.watch(str(self._root / "versions"))

    def initialize(self) -> None:
        # First, so that nothing a DAG file prints can come before it. This is the one method of ours that runs before
        # user code in tasks as well as in the process that parsers are forked from.
        masking.mask_environment()
        self.refresh()
        super().initialize()

    @property
    def path(self) -> Path:
        return self._now()[1]

    def get_current_version(self) -> BundleVersion | None:
        version = self._now()[0]
        return None if version is None else BundleVersion(version)

    def refresh(self) -> None:
        # The pointer is read once and the outcome is one value, kept until the next refresh: version and path belong
        # together at every moment. If the new state is not usable this raises, and what was served before stays.
        version = self.version if self.version is not None else self._pointer()
        self._served = version, self._root / "empty" if version is None else self._folder(version)

    def _now(self) -> tuple[str | None, Path]:
        if self._served is None:
            self.refresh()
        return self._served

    def _pointer(self) -> str | None:
        try:
            return (self._root / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None

    def _folder(self, version: str) -> Path:
        if not _VERSION.fullmatch(version):
            raise ValueError(f"Bundle '{self.name}': {version!r} is not a name of a version")
        folder = self._root / "versions" / version
        if not folder.is_dir():
            # Airflow only warns about a missing path, and a task would then say that its DAG does not exist.
            raise FileNotFoundError(f"Bundle '{self.name}': version {version} is not on this host ({folder})")
        dags = folder / archive_root.DAGS_FOLDER
        return dags if dags.is_dir() else folder
