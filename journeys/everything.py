"""All journeys on one real Airflow: the demonstration, its planted defects, the route table, and what survives a crash."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import browsing
import deploying
from demo import BREAKS, DAG, Journey, leave_nothing
from deploying import DeployJourney
from installation import REPOSITORY, Installation, request, wait_for
from hostile import check_hostile
from report import Report, Silent
from rights import check_rights
from routes import check_routes

HEAL_LIMIT_SECONDS = 240
LEFTOVERS = ("leak", "secret", "orphan")


def demonstration(installation: Installation, owner: str, report: Report) -> list[str]:
    journey = Journey(installation, owner, report)
    journey.run()
    report.heading("Planted defects: each must make the journey fail")
    for broken in BREAKS:
        if broken in LEFTOVERS:
            continue
        attempt = Report(Silent())
        try:
            Journey(installation, owner, attempt, broken).run()
        except (KeyError, TimeoutError, RuntimeError, ValueError):
            attempt.failed += 1
        report.check(f"{broken}: {BREAKS[broken]}", attempt.failed > 0)
    return journey.values


def deploys(installation: Installation, owner: str, report: Report) -> DeployJourney:
    journey = DeployJourney(installation, owner, report)
    journey.run()
    check_hostile(installation, journey.pipeline.value, report)
    report.heading("Planted defects in pushing: each must make its part of the journey fail")
    for broken, defect in deploying.BREAKS.items():
        attempt = Report(Silent())
        try:
            DeployJourney(installation, owner, attempt, broken).run_only_broken()
        except (KeyError, TimeoutError, RuntimeError, ValueError, StopIteration):
            attempt.failed += 1
        report.check(f"{broken}: {defect}", attempt.failed > 0)
    return journey


def component_pids(installation: Installation, name: str) -> dict[str, list[int]]:
    """Leaders of a component, by the folder of their Deployment; two during a hand-over."""
    found: dict[str, list[int]] = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
            session = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[3])
        except (OSError, ValueError):
            continue
        prefix = b"AIRFLOW_HOME=" + str(installation.data).encode()
        homes = [value.decode() for value in environment if value.startswith(prefix)]
        if homes and f"HEADGATE_COMPONENT={name}".encode() in environment and session == int(entry.name):
            found.setdefault(homes[0], []).append(int(entry.name))
    return found


def settled_schedulers(installation: Installation) -> dict[str, list[int]]:
    """One for each Deployment: no hand-over is under way any more."""

    def settled():
        now = component_pids(installation, "scheduler")
        return now if all(len(pids) == 1 for pids in now.values()) else None

    return wait_for("every hand-over is over", HEAL_LIMIT_SECONDS, settled)


def kill_and_wait(installation: Installation, name: str, owner: str, report: Report) -> None:
    """Each Deployment that loses a component has one again, whatever starts or ends beside it meanwhile."""
    killed = component_pids(installation, name)
    report.check(f"{name} killed", len(killed) >= 1)
    for pid in sum(killed.values(), []):
        os.kill(pid, signal.SIGKILL)

    def replaced():
        now = component_pids(installation, name)
        return all(len(now.get(home, [])) == 1 and not set(now[home]) & set(killed[home]) for home in killed)

    try:
        wait_for(f"{name} replaced", HEAL_LIMIT_SECONDS, replaced)
    except TimeoutError as late:
        raise TimeoutError(f"{late}; killed {killed}, now {component_pids(installation, name)}") from late
    installation.wait_until_healthy(owner)
    report.check(f"{name} healed without a person", True)


def survival(installation: Installation, owner: str, report: Report) -> None:
    report.heading("kill -9 of Headgate, and a second start on the same data")
    before = request(owner, "GET", installation.quickstart_url()).json()
    runs_url = f"{before['apiUrl']}/dags/{DAG}/dagRuns?order_by=-run_after"
    runs = request(owner, "GET", runs_url).json()["total_entries"]
    schedulers = settled_schedulers(installation)
    report.check("there are runs to lose", runs > 0)
    installation.kill()
    installation.start()
    after = installation.wait_until_healthy(owner)
    report.check("the token of before the crash works, and the Deployment is the same", after["id"] == before["id"])
    report.check("no run is lost", request(owner, "GET", runs_url).json()["total_entries"] == runs)
    same = component_pids(installation, "scheduler")
    report.check("the running Airflow was taken over, not doubled", same == schedulers, f"{same}")

    report.heading("kill -9 of Airflow's own processes")
    for name in ("scheduler", "api-server"):
        kill_and_wait(installation, name, owner, report)
    answer = request(owner, "POST", f"{before['apiUrl']}/dags/{DAG}/dagRuns", {"logical_date": None})
    report.status("a new run is taken", answer, 200)
    run = answer.json()["dag_run_id"]
    url = f"{before['apiUrl']}/dags/{DAG}/dagRuns/{run}"
    wait_for("the run ends", HEAL_LIMIT_SECONDS, lambda: request(owner, "GET", url).json()["state"] == "success")
    report.check("and it succeeds", True)


def deletion(installation: Installation, owner: str, report: Report) -> None:
    report.heading("Deleting a Deployment")
    url = f"{installation.organization_url()}/deployments"
    made = "by-token-workspace"
    deployment = request(owner, "GET", f"{url}?names={made}").json()["deployments"][0]
    body = {"name": "doomed", "scope": "DEPLOYMENT", "entityId": deployment["id"]}
    value = request(owner, "POST", f"{installation.organization_url()}/tokens", body).json()["token"]
    own = f"{url}/{deployment['id']}"
    report.status("its token reads it", request(value, "GET", own), 200)
    report.check("it has processes or is about to", deployment["status"] in ("CREATING", "HEALTHY"))
    report.status("owner deletes it", request(owner, "DELETE", own), 204)
    report.status("its token, at once", request(value, "GET", own), 401)
    report.status("looking for it", request(owner, "GET", own), 404)
    report.status("deleting it again", request(owner, "DELETE", own), 404)
    here = f"{installation.data}/deployments/{deployment['id']}"
    trash = installation.data / "trash"
    wait_for(
        "its processes are gone and its files in the trash",
        HEAL_LIMIT_SECONDS,
        lambda: not installation.processes(here) and any(trash.glob(f"{deployment['id']}*")),
    )
    report.check("its processes are gone and its files rest in the trash", True)


def second_headgate(installation: Installation, report: Report) -> None:
    report.heading("A second Headgate on the same data folder")
    command = [str(REPOSITORY / "headgate"), "up", "--data", str(installation.data), "--port", "0"]
    command += ["--gateway-port", "0", "--management-port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    pid = str(installation.state()["pid"])
    report.check("is refused with exit code 3 and the first one's pid", done.returncode == 3 and pid in done.stderr)


def main() -> int:
    report = Report()
    installation = Installation("--allow-shared-user", environment=browsing.OWNER)
    started = time.monotonic()
    try:
        installation.start()
        ready = time.monotonic() - started
        owner = installation.owner_token()
        installation.wait_until_healthy(owner)
        print(f"ready after {ready:.1f} s, quickstart HEALTHY after {time.monotonic() - started:.1f} s")
        values = demonstration(installation, owner, report)
        values += browsing.check_browsing(installation, owner, report)
        deployment = request(owner, "GET", installation.quickstart_url()).json()
        body = {"name": "routes", "scope": "DEPLOYMENT", "entityId": deployment["id"]}
        value = request(owner, "POST", f"{installation.organization_url()}/tokens", body).json()["token"]
        pushing = deploys(installation, owner, report)
        check_routes(installation, owner, value, deployment["apiUrl"], report)
        values += check_rights(installation, owner, report)
        deletion(installation, owner, report)
        second_headgate(installation, report)
        survival(installation, owner, report)
        values += [owner, value, *pushing.values]
        secrets = [pushing.secret, browsing.PASSWORD]
        leave_nothing(installation, values, secrets, report)
        report.heading("Planted leftovers: each must be found")
        installation.start()
        for broken in LEFTOVERS:
            attempt = Report(Silent())
            leave_nothing(installation, [owner], secrets, attempt, broken)
            report.check(f"{broken}: {BREAKS[broken]}", attempt.failed > 0)
            if broken != LEFTOVERS[-1]:
                (installation.data / "leak").unlink()
                installation.start()
    except (TimeoutError, RuntimeError, KeyError, ValueError, subprocess.TimeoutExpired) as failure:
        report.check(f"{type(failure).__name__}: {failure}", False)
        print(installation.log.read_text()[-4000:], file=sys.stderr)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
