from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import environment
import pytest

GOOD = """
from airflow.sdk import DAG
from include.words import WORD
with DAG("good", description=WORD):
    pass
"""

DEFECTS = {
    "syntax": ("def x(:", 2, "SyntaxError: invalid syntax"),
    "missing": ("import nosuchmodule", 2, "ModuleNotFoundError: No module named 'nosuchmodule'"),
    "exit": ("import sys\nsys.exit(3)", 3, "SystemExit: the file ends the process that imports it"),
    "slow": ("import time\ntime.sleep(60)", 3, "importing it takes longer than Airflow allows (2 s"),
    "memory": ("x = bytearray(8 * 1024**3)", 2, "needs more memory than is allowed during validation (4096 MiB)"),
    "params": ("DAG('params', params={'x': object()})", 2, "ParamValidationError"),
    "executor": (
        "from airflow.providers.standard.operators.empty import EmptyOperator\n"
        "with DAG('executor'): EmptyOperator(task_id='t', executor='Nowhere')",
        None,
        "UnknownExecutorException",
    ),
    "cycle": (
        "from airflow.providers.standard.operators.empty import EmptyOperator\n"
        "with DAG('cycle'):\n    d, a, b = (EmptyOperator(task_id=t) for t in 'dab')\n    d >> a >> b >> a",
        None,
        "DAG 'cycle' has a cycle: a >> b >> a",
    ),
    "twin": ("dag = DAG('good')", None, "DAG id 'good' is used by dags/good.py already"),
}


class Outcome:
    def __init__(self, folder: Path, status: int) -> None:
        self.status = status
        text = (folder / "result").read_text()
        self.found = json.loads(text) if text else None
        self.at = (folder / "progress").read_text()

    def of(self, kind: str, file: str) -> list[dict]:
        return [finding for finding in self.found[kind] if finding["file"] == file]


def validate(folder: Path, files: dict[str, str], **variables: str) -> Outcome:
    archive = folder / "archives" / "one"
    for name, text in files.items():
        file = archive / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    (folder / "result").touch()
    (folder / "progress").touch()
    home = folder / "home"
    home.mkdir()
    done = subprocess.run(
        ["prlimit", "--as=4294967296", sys.executable, "-m", "headgate_airflow.validate"]
        + [str(archive), str(folder / "result"), str(folder / "progress")],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(environment.AIRFLOW_FOLDER),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(home),
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "2",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/nothing.db",
            **variables,
        },
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return Outcome(folder, done.returncode)


@pytest.fixture(scope="module")
def broken(tmp_path_factory) -> Outcome:
    files = {f"dags/{name}.py": f"from airflow.sdk import DAG\n{body}\n" for name, (body, _, _) in DEFECTS.items()}
    files["dags/good.py"] = GOOD
    files["include/words.py"] = "WORD = 'hello'"
    files["dags/uses_broken.py"] = "from airflow.sdk import DAG\nimport include.broken\n"
    files["include/broken.py"] = "\n\nraise ValueError('deep')\n"
    files["dags/skipped.py"] = "raise AssertionError('mentions no workflow, so the dag-processor skips it too')"
    files["dags/forks.py"] = "from airflow.sdk import DAG\nimport os\nos.fork()\ndag = DAG('forks')\n"
    return validate(tmp_path_factory.mktemp("broken"), files)


def test_a_good_file_beside_broken_ones_is_found(broken):
    assert broken.status == 0
    assert broken.found["dagIds"] == ["forks", "good"]
    assert broken.of("errors", "dags/good.py") == broken.of("errors", "dags/skipped.py") == []
    assert broken.found["warnings"] == []
    assert broken.at == ""


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_is_one_error_with_its_line(broken, name):
    _, line, words = DEFECTS[name]
    (error,) = broken.of("errors", f"dags/{name}.py")
    assert words in error["message"]
    assert error["line"] == line
    assert "\n" not in error["message"]


def test_an_error_in_an_imported_module_names_both_files(broken):
    (error,) = broken.of("errors", "include/broken.py")
    assert error == {"file": "include/broken.py", "line": 3, "message": "ValueError: deep (imported by dags/uses_broken.py)"}


def test_nothing_says_where_the_archive_lies(broken):
    assert "archives" not in json.dumps(broken.found)


def test_what_is_only_in_the_database_is_a_warning_and_what_is_in_the_environment_is_there(tmp_path):
    outcome = validate(
        tmp_path,
        {
            "dags/strict.py": "from airflow.sdk import DAG, Variable\nVariable.get('absent')\n",
            "dags/old.py": "from airflow.sdk import DAG\nfrom airflow.models import Variable\nVariable.get('absent')\n",
            "dags/conn.py": "from airflow.sdk import DAG, BaseHook\nBaseHook.get_connection('absent')\n",
            "dags/wraps.py": """\
                from airflow.sdk import DAG, Variable
                try:
                    Variable.get('absent')
                except Exception as e:
                    raise RuntimeError('set the variable') from e
                """,
            "dags/default.py": "from airflow.sdk import DAG, Variable\ndag = DAG(Variable.get('absent', default='d'))\n",
            "dags/env.py": "from airflow.sdk import DAG, Variable\ndag = DAG(Variable.get('present'))\n",
            "dags/other.py": "from airflow.sdk import DAG\n{}['absent']\n",
        },
        AIRFLOW_VAR_PRESENT="from-the-environment",
    )
    assert outcome.found["dagIds"] == ["d", "from-the-environment"]
    assert {f["file"]: f["line"] for f in outcome.found["warnings"]} == {
        "dags/strict.py": 2,
        "dags/old.py": 3,
        "dags/conn.py": 2,
        "dags/wraps.py": 5,
        "dags/default.py": 2,
    }
    # The control: not every KeyError is one.
    assert [f["file"] for f in outcome.found["errors"]] == ["dags/other.py"]


def test_a_file_that_ends_the_process_is_named_by_the_progress(tmp_path):
    outcome = validate(
        tmp_path,
        {
            "dags/a.py": "from airflow.sdk import DAG\ndag = DAG('a')\n",
            "dags/b.py": "from airflow.sdk import DAG\nimport os\nos._exit(0)\n",
        },
    )
    assert (outcome.status, outcome.found, outcome.at) == (0, None, "dags/b.py")


def test_threads_and_exit_handlers_cannot_hold_the_process(tmp_path):
    outcome = validate(
        tmp_path,
        {
            "a.py": """\
                import atexit, threading, time
                from airflow.sdk import DAG
                threading.Thread(target=time.sleep, args=(300,)).start()
                atexit.register(time.sleep, 300)
                with DAG("top"):
                    pass
                """
        },
    )
    assert outcome.status == 0
    assert outcome.found["dagIds"] == ["top"]
