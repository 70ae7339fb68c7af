from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment
import pytest


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "empty").mkdir()
    (tmp_path / "versions").mkdir()
    return tmp_path


def put(root: Path, version: str, **files: str) -> Path:
    folder = root / "versions" / version
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_py", ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def point(root: Path, version: str) -> None:
    (root / "next").write_text(version + "\n")
    os.replace(root / "next", root / "current")


def bundle(root: Path, version: str | None = None):
    from headgate_airflow.bundle import VersionedDirBundle

    return VersionedDirBundle(name="dags", root=str(root), refresh_interval=1, version=version)


def current(served) -> str | None:
    from airflow.dag_processing.bundles.base import BundleVersion

    version = served.get_current_version()
    assert version is None or isinstance(version, BundleVersion)
    return version and version.version


def test_before_the_first_deploy_an_empty_folder_without_version_is_served(root):
    served = bundle(root)
    served.initialize()
    assert (served.path, current(served)) == (root / "empty", None)


def test_a_new_pointer_counts_from_the_next_refresh_and_not_before(root):
    put(root, "v1", dags__a_py="")
    put(root, "v2", dags__a_py="")
    point(root, "v1")
    served = bundle(root)
    served.initialize()
    assert (served.path, current(served)) == (root / "versions/v1/dags", "v1")
    point(root, "v2")
    assert (served.path, current(served)) == (root / "versions/v1/dags", "v1")
    served.refresh()
    assert (served.path, current(served)) == (root / "versions/v2/dags", "v2")


def test_a_pinned_version_stays_whatever_the_pointer_says(root):
    put(root, "v1", dags__a_py="")
    put(root, "v2", dags__a_py="")
    point(root, "v2")
    served = bundle(root, version="v1")
    served.initialize()
    served.refresh()
    assert (served.path, current(served)) == (root / "versions/v1/dags", "v1")


def test_a_pinned_version_that_is_gone_is_an_error_that_says_so(root):
    put(root, "v1", dags__a_py="")
    bundle(root, version="v1").initialize()
    with pytest.raises(FileNotFoundError, match="version v9 is not on this host"):
        bundle(root, version="v9").initialize()


def test_a_pointer_to_nothing_leaves_what_was_served_before(root):
    put(root, "v1", dags__a_py="")
    point(root, "v1")
    served = bundle(root)
    served.initialize()
    point(root, "v9")
    with pytest.raises(FileNotFoundError):
        served.refresh()
    assert (served.path, current(served)) == (root / "versions/v1/dags", "v1")


@pytest.mark.parametrize("version", ["", ".", "..", "../v1", "v1/dags", ".hidden", "/etc", "a\\b", "v1\n", "v1\0", "é"])
def test_a_version_that_could_leave_its_folder_is_refused(root, version):
    put(root, "v1", dags__a_py="")
    put(root, ".hidden", dags__a_py="")
    bundle(root, version="v1").initialize()
    with pytest.raises(ValueError, match="is not a name of a version"):
        bundle(root, version=version).initialize()


def test_names_made_from_timestamps_are_versions(root):
    put(root, environment.VERSION, dags__a_py="")
    served = bundle(root, version=environment.VERSION)
    served.initialize()
    assert current(served) == environment.VERSION


def test_an_archive_without_a_dags_folder_is_served_from_its_root(root):
    put(root, "v1", a_py="")
    served = bundle(root, version="v1")
    served.initialize()
    assert served.path == root / "versions/v1"


def test_airflow_sees_the_class_as_one_with_versions():
    from airflow.dag_processing.bundles.manager import DagBundlesManager

    served = DagBundlesManager().get_bundle(environment.BUNDLE)
    assert served.supports_versioning
    assert current(served) == environment.VERSION


PARSE = """
import sys
from pathlib import Path
from airflow.dag_processing.dagbag import BundleDagBag
from headgate_airflow.bundle import VersionedDirBundle

root, first, second = sys.argv[1:]
# As in the dag-processor: another version is set up in the same process before the parser runs.
served = VersionedDirBundle(name="dags", root=root, version=first)
served.initialize()
VersionedDirBundle(name="dags", root=root, version=second).initialize()
bag = BundleDagBag(dag_folder=served.path, bundle_path=served.path, bundle_name="dags")
print("RESULT", {dag.dag_id: dag.description for dag in bag.dags.values()}, bag.import_errors)
"""

DAG = """
from airflow.sdk import DAG
from include.words import WORD
from include.deeper.more import MORE
from beside import BESIDE
import dags.beside
with DAG("uses_include", description=f"{WORD} {MORE} {BESIDE}"):
    pass
"""


def parse(root: Path, first: str, second: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PARSE, str(root), first, second],
        env={**os.environ, "PYTHONPATH": str(environment.AIRFLOW_FOLDER)},
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_dag_files_import_from_include_and_from_beside_them_in_their_own_version(root):
    for version in ("v1", "v2"):
        put(
            root,
            version,
            dags__uses_py=DAG,
            dags__beside_py=f"BESIDE = 'beside-{version}'",
            include__words_py=f"WORD = 'word-{version}'",
            include__deeper__more_py=f"MORE = 'more-{version}'",
            include__looks_like_a_dag_py="raise AssertionError('airflow parsed a file that is no dag')",
        )
    put(root, "v3", dags__uses_py=DAG, dags__beside_py="BESIDE = 1")
    assert "word-v1 more-v1 beside-v1" in parse(root, "v1", "v2")
    assert "word-v2 more-v2 beside-v2" in parse(root, "v2", "v1")
    # The control: an archive without include/ finds no other version's.
    assert "No module named 'include'" in parse(root, "v3", "v1")


def test_an_archive_cannot_stand_in_for_an_installed_package(root):
    put(
        root,
        "v1",
        dags__a_py="import json, tabulate\nfrom airflow.sdk import DAG\nimport only_here\ndag = DAG('fine')",
        json_py="raise AssertionError",
        tabulate_py="raise AssertionError",
        only_here_py="",
    )
    put(root, "v2", dags__a_py="")
    assert "{'fine': None} {}" in parse(root, "v1", "v2")
