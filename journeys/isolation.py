"""One Deployment means one Deployment: what code of one can reach of another and of the control plane, and how much it
can take away from them. As root, on real Airflow.

    isolation.py [--only probe|hogs] [--hog NAME …]
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import attacks
import bundles
import probe
from census import Census, available_mib
from installation import Answer, Installation, request, wait_for
from pushing import Pipeline, Refused
from report import Report

# A range of its own: other installations of this machine may use the ordinary one.
FIRST_UID = 63_000
MEMORY_MAX = 2 << 30
PROCESSES_MAX = 400
HEALTHY_LIMIT_SECONDS = 300
REPORT_LIMIT_SECONDS = 120
HOG_LIMIT_SECONDS = 150

# Far more than either ought to need, even on two busy cores: what is measured is printed.
LATENCY_MAX_SECONDS = 10.0
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")

# What a process namespace makes of a process outside: it is not there.
HIDDEN = ("ENOENT", "ESRCH")


class Neighbours:
    """Two Deployments, a token for each, and what root knows about their processes."""

    def __init__(self, installation: Installation, owner: str):
        self.installation = installation
        self.owner = owner
        first = installation.wait_until_healthy(owner)
        self.a, self.b = first["id"], self.second(first["workspaceId"])
        self.pipelines = {id: self.pipeline(id) for id in (self.a, self.b)}

    def second(self, workspace: str) -> str:
        body = {"name": "neighbour", "workspaceId": workspace, "type": "STANDARD"}
        answer = request(self.owner, "POST", f"{self.installation.organization_url()}/deployments", body)
        if answer.status != 200:
            raise Refused("create the neighbour", answer)
        made = answer.json()
        self.wait_until_healthy(made["id"])
        return made["id"]

    def url(self, id: str) -> str:
        return f"{self.installation.organization_url()}/deployments/{id}"

    def pipeline(self, id: str) -> Pipeline:
        body = {"name": f"pipeline-{id}", "scope": "DEPLOYMENT", "entityId": id}
        answer = request(self.owner, "POST", f"{self.installation.organization_url()}/tokens", body)
        return Pipeline(answer.json()["token"], self.url(id))

    def wait_until_healthy(self, id: str) -> None:
        wait_for(
            f"{id} is HEALTHY",
            HEALTHY_LIMIT_SECONDS,
            lambda: self.healthy(id),
        )

    def healthy(self, id: str) -> bool:
        return request(self.owner, "GET", self.url(id)).json()["status"] == "HEALTHY"

    def folder(self, id: str) -> pathlib.Path:
        return self.installation.data / "deployments" / id

    def uid(self, id: str) -> int:
        return (self.folder(id) / "home").stat().st_uid

    def pid(self, id: str, component: str) -> int:
        return json.loads((self.folder(id) / f"run/{component}.json").read_text())["pid"]

    def pids(self, id: str) -> dict[str, int]:
        return {component: self.pid(id, component) for component in COMPONENTS}

    def environment(self, id: str) -> dict[str, str]:
        lines = pathlib.Path(f"/proc/{self.pid(id, 'api-server')}/environ").read_bytes().decode().split("\0")
        return dict(line.split("=", 1) for line in lines if "=" in line)


def processes_of(uid: int) -> dict[int, tuple[int, str]]:
    """Pid → parent and command of the living processes of a user."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if fields[0] not in "ZX":
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    found[int(entry.name)] = int(fields[1]), command[:120]
        except OSError:
            continue
    return found


def targets(neighbours: Neighbours) -> dict:
    """Everything that is not A's, with what A knows of its own as it would guess from it."""
    installation, data = neighbours.installation, neighbours.installation.data
    mine, theirs = neighbours.environment(neighbours.a), neighbours.environment(neighbours.b)
    own, foreign = (database_of(environment) for environment in (mine, theirs))
    b = neighbours.folder(neighbours.b)
    postmaster = int((data / "postgres/cluster/postmaster.pid").read_text().splitlines()[0])
    keys = sorted(path for path in (data / "keys").iterdir() if path.is_file())
    login = {"port": own["port"], "known": [own["password"]], "password_file": str(data / "postgres/password")}
    return {
        "files": {f"the key file {path.name}": str(path) for path in keys}
        | {
            "the database's password": str(data / "postgres/password"),
            "the database's files": str(data / "postgres/cluster/PG_VERSION"),
            "the state file": str(data / "run/headgate.json"),
            "the lock": str(data / "run/lock"),
            "the instance": str(data / "instance"),
            "the neighbour's code": str(next((b / "code/versions").rglob("*.py"))),
            "the neighbour's records": str(b / "run/scheduler.json"),
            "the neighbour's output": str(b / "logs/components/scheduler.log"),
        },
        "folders": {
            "the data folder": str(data),
            "the keys": str(data / "keys"),
            "the database": str(data / "postgres/cluster"),
            "the control plane's run folder": str(data / "run"),
            "the Deployments": str(data / "deployments"),
            "the trash": str(data / "trash"),
            "the uploads": str(data / "uploads"),
            "the neighbour's folder": str(b),
            "the neighbour's home": str(b / "home"),
            "the neighbour's logs": str(b / "logs/airflow"),
        },
        "sockets": {"the administration socket": str(data / "run/admin.sock")},
        "processes": {f"the neighbour's {name}": pid for name, pid in neighbours.pids(neighbours.b).items()}
        | {"the control plane": installation.state()["pid"], "PostgreSQL": postmaster},
        "packages": packages_of(mine),
        "databases": {
            "the neighbour's database": login
            | {"name": foreign["name"], "users": [own["user"], foreign["user"], "headgate", "postgres"]},
            "the control plane's database": login
            | {"name": "headgate", "users": [own["user"], "headgate", "postgres"]},
        },
        "airflow": {
            "url": f"http://127.0.0.1:{theirs['AIRFLOW__API__PORT']}/{namespace_of(theirs)}/api/v2/dags",
            "audience": theirs["AIRFLOW__API_AUTH__JWT_AUDIENCE"],
            "issuer": theirs["AIRFLOW__API_AUTH__JWT_ISSUER"],
            "permissions": ["deployment.airflow.dag.get"],
            "known": [mine["AIRFLOW__API_AUTH__JWT_SECRET"], mine["AIRFLOW__API__SECRET_KEY"]],
            "pid": neighbours.pid(neighbours.b, "api-server"),
        },
    }


def database_of(environment: dict[str, str]) -> dict:
    connection = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].split("://", 1)[1]
    who, where = connection.rsplit("@", 1)
    host, name = where.split("/", 1)
    user, password = who.split(":", 1)
    return {"user": user, "password": password, "port": int(host.split(":")[1]), "name": name}


def namespace_of(environment: dict[str, str]) -> str:
    return environment["AIRFLOW__API__BASE_URL"].rsplit("/", 1)[1]


def packages_of(environment: dict[str, str]) -> str:
    venv = pathlib.Path(environment["PATH"].split(":")[0]).parent
    return str(next((venv / "lib").glob("python3*/site-packages")))


def try_to_reach(neighbours: Neighbours, index: attacks.HostileIndex, wanted: pathlib.Path, report: Report) -> None:
    seen = wanted.parent
    wanted.write_text(json.dumps(targets(neighbours)))
    wanted.chmod(0o644)
    pipeline = neighbours.pipelines[neighbours.a]

    def as_task():
        archive = bundles.archive(seen / "task.tar.gz", attacks.probing_task(wanted, seen / "task.json"))
        pipeline.wait_until_live(pipeline.push(archive))
        pipeline.trigger("probing")

    def as_import():
        archive = bundles.archive(seen / "import.tar.gz", attacks.probing_import(wanted, seen / "import.json"))
        refused(pipeline, archive, report)

    def as_package():
        files = {"dags/hello.py": bundles.HELLO.read_text(), "requirements.txt": "hostile-source==1.0\n"}
        refused(pipeline, bundles.archive(seen / "package.tar.gz", files), report)

    report.heading(f"Control: the same script as the control plane's user ({index.url} serves the package)")
    subprocess.run([sys.executable, probe.__file__, wanted, seen / "control.json"], check=True)
    control = report_of(seen / "control.json")
    missed = {name: result for name, result in control["results"].items() if result != probe.GOT}
    report.check(f"it gets all of {len(control['results'])}", not missed and control["uid"] == 0, str(missed))
    for route, act in {"task": as_task, "import": as_import, "package": as_package}.items():
        report.heading(f"A hostile {route} in one Deployment")
        act()
        found = wait_for("its report", REPORT_LIMIT_SECONDS, lambda route=route: report_of(seen / f"{route}.json"))
        judge(route, found, neighbours, control, report)


def refused(pipeline: Pipeline, archive: pathlib.Path, report: Report) -> None:
    try:
        pipeline.push(archive)
        report.check("the push is refused", False)
    except Refused as refusal:
        report.check(f"the push is refused with {refusal.answer.status}", refusal.answer.status == 400)


def report_of(path: pathlib.Path) -> dict | None:
    return json.loads(path.read_text()) if path.exists() else None


def judge(route: str, found: dict, neighbours: Neighbours, control: dict, report: Report) -> None:
    uid = neighbours.uid(neighbours.a)
    report.check(f"it ran under the Deployment's user {uid}", found["uid"] == uid, f"under {found['uid']}")
    same = found["results"].keys() == control["results"].keys()
    report.check(f"it tried all {len(control['results'])} things", same)
    allowed = ("EACCES", "EPERM") if route == "task" else ("EACCES", "EPERM", *HIDDEN)
    for name, result in found["results"].items():
        no = result in allowed or result.startswith("refused: ")
        report.check(f"{name}: {result}", no and probe.GOT not in result)


class Poller:
    """Asks again and again how the others fare, and keeps the worst."""

    def __init__(self, url: str, token: str = ""):
        self.url, self.token = url, token
        self.worst, self.asked, self.failures = 0.0, 0, []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.poll, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join(60)

    def poll(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        while not self.stopping.wait(0.1):
            started = time.monotonic()
            try:
                with opener.open(urllib.request.Request(self.url, headers=headers), timeout=60) as answer:
                    answer.read()
            except OSError as failure:
                self.failures.append(f"{failure}")
            self.worst = max(self.worst, time.monotonic() - started)
            self.asked += 1


def try_to_take(neighbours: Neighbours, names: list[str], report: Report) -> None:
    report.heading("A Deployment that takes all it can get")
    hogs = {name: text for name, text in attacks.hogs().items() if not names or name in names}
    pipeline = neighbours.pipelines[neighbours.a]
    uid = neighbours.uid(neighbours.a)
    files = {f"dags/{name}.py": text for name, text in hogs.items()}
    archive = bundles.archive(neighbours.installation.folder / "hogs.tar.gz", files)
    pipeline.wait_until_live(pipeline.push(archive))
    for name in hogs:
        request(pipeline.value, "PATCH", f"{pipeline.airflow}/dags/{name}", {"is_paused": False})
    for name in hogs:
        attack(neighbours, pipeline, uid, name, report)


def attack(neighbours: Neighbours, pipeline: Pipeline, uid: int, name: str, report: Report) -> None:
    b = neighbours.pipelines[neighbours.b]
    state = neighbours.installation.state()
    before = available_mib()
    started = time.monotonic()
    with (
        Poller(f"{b.airflow}/dags", b.value) as airflow,
        Poller(b.url, b.value) as control_plane,
        Poller(f"{state['managementUrl']}/health/ready") as ready,
        Census(uid) as census,
    ):
        run = pipeline.trigger(name)
        final = wait_for(f"the run of {name} ends", HOG_LIMIT_SECONDS, lambda: ended(pipeline, name, run))
        ended_after = time.monotonic() - started
        wait_for(
            "nothing of it is left and the Deployment is HEALTHY",
            HOG_LIMIT_SECONDS,
            lambda: not strangers(neighbours, uid) and neighbours.healthy(neighbours.a),
        )
        healthy_after = time.monotonic() - started
    report.said(
        f"{name}: {final} after {ended_after:.1f} s, HEALTHY after {healthy_after:.1f} s; at most {census.most} processes;"
        f" {before - census.least_mib} MiB less memory"
    )
    bomb = name.endswith("bomb")
    report.check(f"control: {name} began ({census.most} processes)", not bomb or census.most > PROCESSES_MAX / 2)
    report.check("its run has failed", final == "failed", final)
    report.check(
        f"it took at most {before - census.least_mib} MiB from the host", before - census.least_mib < 3 * (MEMORY_MAX >> 20)
    )
    for what, poller in {"the neighbour's Airflow": airflow, "the control plane": control_plane, "PostgreSQL": ready}.items():
        good = not poller.failures and poller.worst < LATENCY_MAX_SECONDS and poller.asked > 10
        detail = f"{len(poller.failures)} failures, e.g. {poller.failures[:1]}"
        report.check(f"{what} answered all of {poller.asked}, at worst after {poller.worst:.2f} s", good, detail)


def ended(pipeline: Pipeline, dag: str, run: str) -> str:
    """While the bomb is at work its own api-server may not answer."""
    try:
        answer: Answer = request(pipeline.value, "GET", f"{pipeline.airflow}/dags/{dag}/dagRuns/{run}")
        state = answer.json()["state"] if answer.status == 200 else ""
    except (RuntimeError, ValueError):
        return ""
    return state if state in ("success", "failed") else ""


def strangers(neighbours: Neighbours, uid: int) -> dict[int, str]:
    """Processes of the user that do not descend from a component of its Airflow."""
    try:
        leaders = set(neighbours.pids(neighbours.a).values())
    except (OSError, ValueError):
        return {0: "its components are not all there"}
    all_of_them = processes_of(uid)
    found = {}
    for pid, (_, command) in all_of_them.items():
        above = pid
        while above in all_of_them and above not in leaders:
            above = all_of_them[above][0]
        if above not in leaders:
            found[pid] = command
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=("probe", "hogs"), default="")
    parser.add_argument("--hog", action="append", default=[], choices=tuple(attacks.hogs()))
    arguments = parser.parse_args()
    only = arguments.only
    report = Report()
    if os.getuid() != 0:
        report.skip("isolation between Deployments", "needs root: without it they are one trust domain")
        report.check("and that is said", True)
        return report.close()
    installation = Installation()
    seen = installation.folder / "seen"
    seen.mkdir()
    seen.chmod(0o1777)
    wanted = seen / "targets.json"
    index = attacks.HostileIndex(wanted, seen / "package.json")
    os.environ |= {
        "HEADGATE_RUNTIME_PROCESS_FIRST_UID": str(FIRST_UID),
        "HEADGATE_RUNTIME_PROCESS_MEMORY_MAX": str(MEMORY_MAX),
        "HEADGATE_RUNTIME_PROCESS_PROCESSES_MAX": str(PROCESSES_MAX),
        "HEADGATE_RUNTIME_PROCESS_PYTHON_INDEX_URL": index.url,
    }
    started = time.monotonic()
    try:
        installation.start()
        owner = installation.owner_token()
        neighbours = Neighbours(installation, owner)
        print(f"two Deployments are HEALTHY after {time.monotonic() - started:.1f} s")
        if only != "hogs":
            try_to_reach(neighbours, index, wanted, report)
        if only != "probe":
            try_to_take(neighbours, arguments.hog, report)
    except (TimeoutError, RuntimeError, KeyError, ValueError, subprocess.CalledProcessError) as failure:
        report.check(f"{type(failure).__name__}: {failure}", False)
        print(installation.log.read_text()[-4000:], file=sys.stderr)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
