"""Push until live, beside a push to an Airflow at its default settings."""

import os
import pathlib
import shutil
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time

from figures import spread, write

import bundles  # isort: skip
from installation import Installation, wait_for  # isort: skip
from ledger import ask  # isort: skip

PUSHES = 21
DEFAULT_PUSHES = 3
DEFAULT_LIMIT_SECONDS = 600

FILE = """
from airflow.sdk import dag, task


@dag(schedule=None, description="push {number}")
def {name}():
    @task
    def one():
        pass

    one()


{name}()
"""


def file(name: str, number: int) -> str:
    return FILE.format(name=name, number=number)


class Ours:
    def __init__(self):
        self.installation = Installation()
        self.installation.start()
        owner = self.installation.owner_token()
        deployment = self.installation.wait_until_healthy(owner)
        body = {"name": "bench", "scope": "DEPLOYMENT", "entityId": deployment["id"]}
        self.value = ask(owner, "POST", f"{self.installation.organization_url()}/tokens", body)[1]["token"]
        self.url = self.installation.quickstart_url()
        self.whole: list[float] = []
        self.validated: list[float] = []
        self.live: list[float] = []

    def push(self, number: int) -> None:
        files = {"dags/pushed.py": file("pushed", number)}
        files |= {f"dags/added_{number}.py": file(f"added_{number}", number)}
        path = bundles.archive(self.installation.folder / "push.tar.gz", files)
        archive = path.read_bytes()
        start = time.monotonic()
        _, deploy, _ = ask(self.value, "POST", f"{self.url}/deploys", {"type": "DAG_ONLY"})
        _, _, headers = ask("", "PUT", deploy["dagsUploadUrl"], archive)
        finalize = {"dagTarballVersion": headers["x-ms-version-id"]}
        status, answer, _ = ask(self.value, "POST", f"{self.url}/deploys/{deploy['id']}/finalize", finalize)
        if status != 200:
            raise RuntimeError(f"finalize: {status} {answer}")
        answered = time.monotonic()
        while ask(self.value, "GET", f"{self.url}/deploys/{deploy['id']}")[1]["status"] != "DEPLOYED":
            time.sleep(0.02)
        live = time.monotonic()
        self.whole.append(live - start)
        self.validated.append(answered - start)
        self.live.append(live - answered)

    def python(self) -> str:
        """The interpreter of the installed Airflow."""
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and str(self.installation.data).encode() in (entry / "environ").read_bytes():
                    command = (entry / "cmdline").read_bytes().split(b"\0")
                    if b"airflow" in command and command[0].endswith(b"python"):
                        return command[0].decode()
            except OSError:
                continue
        raise RuntimeError("no Airflow is running")

    def close(self) -> None:
        self.installation.remove()


class Default:
    """Only the part of Airflow that notices code: the dag-processor, and its database."""

    def __init__(self, python: str):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-bench-"))
        self.dags = self.folder / "dags"
        self.dags.mkdir()
        (self.dags / "pushed.py").write_text(file("pushed", 0))
        environment = {"PATH": f"{pathlib.Path(python).parent}:/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}
        environment |= {"AIRFLOW_HOME": str(self.folder), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
        self.log = (self.folder / "log").open("wb")
        command = [python, "-m", "airflow"]
        subprocess.run([*command, "db", "migrate"], env=environment, stdout=self.log, stderr=self.log, check=True)
        self.process = subprocess.Popen(
            [*command, "dag-processor"], env=environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.seen: list[float] = []
        self.wait(0)

    def wait(self, number: int) -> None:
        def there():
            with sqlite3.connect(f"file:{self.folder}/airflow.db?mode=ro", uri=True) as database:
                rows = dict(database.execute("select dag_id, description from dag").fetchall())
            return rows.get("pushed") == f"push {number}" and (number == 0 or f"added_{number}" in rows)

        wait_for("the default Airflow serves it", DEFAULT_LIMIT_SECONDS, there)

    def push(self, number: int) -> None:
        fresh = self.folder / "pushed.py"
        fresh.write_text(file("pushed", number))
        start = time.monotonic()
        os.replace(fresh, self.dags / "pushed.py")
        (self.dags / f"added_{number}.py").write_text(file(f"added_{number}", number))
        self.wait(number)
        self.seen.append(time.monotonic() - start)

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)


def main() -> None:
    ours = Ours()
    try:
        default = Default(ours.python())
        try:
            ours.push(0)  # the first one warms up what every later one uses
            for samples in (ours.whole, ours.validated, ours.live):
                samples.clear()
            # The default waits minutes for its clock and takes next to nothing meanwhile: it goes on beside ours.
            beside = threading.Thread(target=lambda: [default.push(n) for n in range(1, DEFAULT_PUSHES + 1)])
            beside.start()
            for number in range(1, PUSHES + 1):
                ours.push(number)
            print(f"ours: {spread(ours.whole)}, live {spread(ours.live)}; waiting for the default", flush=True)
            beside.join()
        finally:
            default.close()
    finally:
        ours.close()
    ratio = statistics.median(default.seen) / statistics.median(ours.whole)
    write(
        "deploy",
        [
            "# Push until live",
            "",
            "One DAG file is changed and another added. Ours: create, upload, finalize with validation in the Deployment's Python, until",
            "the deploy is `DEPLOYED`. Default: both files are put into the DAG folder of an Airflow at its default settings, until",
            "its database has both; nothing is validated.",
            "",
            "| | median (minimum–maximum) |",
            "|---|---|",
            f"| Headgate, whole push | {spread(ours.whole)} |",
            f"| … create, upload, validate | {spread(ours.validated)} |",
            f"| … answer to finalize → live | {spread(ours.live)} |",
            f"| Airflow, default settings | {spread(default.seen)} |",
            f"| default / Headgate | {ratio:.1f} |",
        ],
    )


if __name__ == "__main__":
    main()
