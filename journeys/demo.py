"""The whole journey of a Deployment API token on real Airflow.

Two people take part: an owner, who makes the token, and a pipeline, which is a separate process for every step and holds
nothing but that token. `--break STEP` plants the defect that the step is there to catch, and must end in failure.
"""

import argparse
import os
import subprocess
import sys

import deploying
from deploying import DeployJourney
from installation import Installation, request, wait_for
from report import Report

RUN_LIMIT_SECONDS = 180
DAG = "hello_headgate"

BREAKS = {
    "own": "the pipeline is given a token of the sibling Deployment",
    "sibling": "the pipeline's token is as wide as the owner's",
    "workspace": "the pipeline's token may write in the Workspace",
    "trigger": "the run is never triggered",
    "rotate": "the rotation does not happen, so the old value goes on working",
    "delete": "the token is not deleted",
    "leak": "the token's value is written to a file",
    "secret": "the value of a secret variable is written to a file",
    "orphan": "a process is left behind",
}


class Journey:
    def __init__(self, installation: Installation, owner: str, report: Report, broken: str = ""):
        self.installation = installation
        self.owner = owner
        self.report = report
        self.broken = broken
        self.organization = installation.organization_url()
        self.deployment_url = installation.quickstart_url()
        self.values: list[str] = []

    def run(self) -> None:
        deployment = self.installation.wait_until_healthy(self.owner)
        self.airflow = deployment["apiUrl"]
        sibling = self.sibling(deployment["workspaceId"])
        token = self.create_token(deployment["id"])
        value = token["token"]
        self.own(deployment, value if self.broken != "own" else self.create_token(sibling["id"])["token"])
        self.siblings(sibling, value if self.broken != "sibling" else self.owner)
        self.wider(deployment, value if self.broken != "workspace" else self.owner)
        run = self.trigger(value)
        self.airflow_objects(value)
        fresh = self.rotate(token)
        self.runs_survive(fresh, run)
        self.delete(token, fresh)

    def sibling(self, workspace: str) -> dict:
        """The Deployment next door, in the same Workspace; it need not be running to be somebody else's."""
        found = request(self.owner, "GET", f"{self.organization}/deployments?names=sibling").json()["deployments"]
        if found:
            return found[0]
        body = {"name": "sibling", "workspaceId": workspace, "type": "STANDARD"}
        return request(self.owner, "POST", f"{self.organization}/deployments", body).json()

    def create_token(self, deployment: str) -> dict:
        body = {"name": "demo", "scope": "DEPLOYMENT", "entityId": deployment, "tokenExpiryPeriodInDays": 1}
        answer = request(self.owner, "POST", f"{self.organization}/tokens", body)
        self.report.status("owner creates a Deployment API token, valid for one day", answer, 200)
        token = answer.json()
        self.values.append(token["token"])
        shown = request(self.owner, "GET", f"{self.organization}/tokens/{token['id']}")
        self.report.check("its value is not shown a second time", "token" not in shown.json())
        return token

    def own(self, deployment: dict, value: str) -> None:
        self.report.heading("The pipeline and its own Deployment")
        self.report.status("reads its Deployment", request(value, "GET", self.deployment_url), 200)
        listed = request(value, "GET", f"{self.organization}/deployments").json()["deployments"]
        self.report.check("lists exactly one Deployment", [d["id"] for d in listed] == [deployment["id"]])
        self.report.status("asks its Airflow for the DAGs", request(value, "GET", f"{self.airflow}/dags"), 200)

    def siblings(self, sibling: dict, value: str) -> None:
        self.report.heading("The pipeline and the Deployment next door")
        foreign = request(value, "GET", f"{self.organization}/deployments/{sibling['id']}")
        missing = request(value, "GET", f"{self.organization}/deployments/c{'0' * 24}")
        self.report.status("reads it", foreign, 404)
        self.report.status("reads one that does not exist", missing, 404)
        same = _without_request_id(foreign) == _without_request_id(missing)
        self.report.check("cannot tell the one from the other", same)
        gateway = self.installation.state()["gatewayUrl"]
        there = request(value, "GET", f"{gateway}/{sibling['namespace']}/api/v2/dags")
        nowhere = request(value, "GET", f"{gateway}/no-such-place-1234/api/v2/dags")
        self.report.status("asks its Airflow for the DAGs", there, 404)
        self.report.check("cannot tell that from a namespace that does not exist", there == nowhere)

    def wider(self, deployment: dict, value: str) -> None:
        self.report.heading("The pipeline and everything above its Deployment")
        new = {"name": f"by-token-{self.broken}", "workspaceId": deployment["workspaceId"], "type": "STANDARD"}
        create = request(value, "POST", f"{self.organization}/deployments", new)
        self.report.status("creates a Deployment in its Workspace", create, 403)
        create = request(value, "POST", f"{self.organization}/workspaces", {"name": f"by-token-{self.broken}"})
        self.report.status("creates a Workspace", create, 403)
        body = {"name": "more", "scope": "ORGANIZATION", "role": "ORGANIZATION_OWNER"}
        self.report.status("makes an Organization token", request(value, "POST", f"{self.organization}/tokens", body), 403)

    def trigger(self, value: str) -> str:
        self.report.heading("The pipeline and a DAG run")
        url = f"{self.airflow}/dags/{DAG}/dagRuns"
        if self.broken == "trigger":
            answer = request(value, "GET", f"{url}/never")
        else:
            answer = request(value, "POST", url, {"logical_date": None})
        if not self.report.status(f"triggers {DAG}", answer, 200):
            return ""
        run = answer.json()["dag_run_id"]
        self.report.check(
            "Airflow knows who did it", answer.json().get("triggering_user_name") == "token:demo", answer.body[:200]
        )

        def ended():
            state = request(value, "GET", f"{url}/{run}").json()["state"]
            return state if state in ("success", "failed") else None

        state = wait_for("the run ends", RUN_LIMIT_SECONDS, ended)
        self.report.check(f"the run ends in {state}", state == "success")
        return run

    def airflow_objects(self, value: str) -> None:
        self.report.heading("The pipeline and Airflow's own objects, one route per method")
        url = f"{self.airflow}/variables"
        body = {"key": "demo", "value": "1"}
        self.report.status("POST creates a variable", request(value, "POST", url, body), 201)
        self.report.status("GET reads it", request(value, "GET", f"{url}/demo"), 200)
        self.report.status("PATCH changes it", request(value, "PATCH", f"{url}/demo", body | {"value": "2"}), 200)
        self.report.status("DELETE removes it", request(value, "DELETE", f"{url}/demo"), 204)
        file = request(value, "GET", f"{self.airflow}/dags/{DAG}").json()["file_token"]
        again = request(value, "PUT", f"{self.airflow}/parseDagFile/{file}")
        self.report.status("PUT has the DAG's file read again", again, 201)

    def rotate(self, token: dict) -> str:
        self.report.heading("The owner rotates the token")
        old = token["token"]
        answer = request(self.owner, "POST", f"{self.organization}/tokens/{token['id']}/rotate")
        self.report.status("owner rotates it", answer, 200)
        rotated = answer.json()
        self.values.append(rotated["token"])
        same = all(rotated[key] == token[key] for key in ("id", "name", "description", "roles"))
        self.report.check("id, name, description and roles are unchanged", same)
        retired = rotated["token"] if self.broken == "rotate" else old
        self.report.status("old value at the API", request(retired, "GET", self.deployment_url), 401)
        self.report.status("old value at the gateway", request(retired, "GET", f"{self.airflow}/dags"), 401)
        self.report.status("new value at the API", request(rotated["token"], "GET", self.deployment_url), 200)
        self.report.status("new value at the gateway", request(rotated["token"], "GET", f"{self.airflow}/dags"), 200)
        return rotated["token"]

    def runs_survive(self, value: str, run: str) -> None:
        if run:
            answer = request(value, "GET", f"{self.airflow}/dags/{DAG}/dagRuns/{run}")
            self.report.status("the run is still there for the new value", answer, 200)

    def delete(self, token: dict, value: str) -> None:
        self.report.heading("The owner deletes the token")
        url = f"{self.organization}/tokens/{token['id']}"
        if self.broken != "delete":
            self.report.status("owner deletes it", request(self.owner, "DELETE", url), 204)
        self.report.status("the value at the API", request(value, "GET", self.deployment_url), 401)
        self.report.status("the value at the gateway", request(value, "GET", f"{self.airflow}/dags"), 401)
        self.report.status("looking for it", request(self.owner, "GET", url), 404)
        self.report.status("deleting it again", request(self.owner, "DELETE", url), 404)


def _without_request_id(answer) -> dict:
    body = answer.json()
    body.pop("requestId", None)
    return {"status": answer.status} | body


def leave_nothing(
    installation: Installation, values: list[str], secrets: list[str], report: Report, broken: str = ""
) -> None:
    """Ctrl-C, then: no process is left, and no file holds a token's value or a secret variable's."""
    report.heading("Ctrl-C, and what is left")
    report.check("there is something to leave", len(installation.processes()) > 4)
    orphan = None
    if broken == "orphan":
        environment = os.environ | {"LEFT_BY": str(installation.data)}
        orphan = subprocess.Popen(["sleep", "300"], env=environment, start_new_session=True)
    installation.interrupt()
    left = installation.processes()
    report.check("no process is left", not left, "; ".join(left)[:300])
    if orphan:
        orphan.kill()
        orphan.wait()
    if broken == "leak":
        (installation.data / "leak").write_text(values[0])
    if broken == "secret":
        (installation.data / "leak").write_text(secrets[0])
    for secret in secrets:
        holding = installation.files_holding(secret)
        report.check(f"no file, table or log holds the secret …{secret[-4:]}", not holding, str(holding[:3]))
    for value in values:
        # the last part of a value is its signature: nothing but the value itself holds it
        holding = installation.files_holding(value.rsplit(".", 1)[1])
        report.check(f"no file holds the value …{value[-4:]}", not holding, str(holding[:3]))


def main() -> int:
    parser = argparse.ArgumentParser(prog="headgate demo", description=__doc__)
    breaks = BREAKS | deploying.BREAKS
    lines = "; ".join(f"{step}: {defect}" for step, defect in breaks.items())
    parser.add_argument("--break", dest="broken", choices=list(breaks), default="", metavar="STEP", help=lines)
    broken = parser.parse_args().broken
    report = Report()
    installation = Installation("--allow-shared-user")
    try:
        print(f"Headgate in {installation.data}, Airflow from the cache or freshly installed …", flush=True)
        installation.start()
        owner = installation.owner_token()
        if broken:
            print(f"Planted defect: {breaks[broken]}")
        journey = Journey(installation, owner, report, broken)
        journey.run()
        pushing = DeployJourney(installation, owner, report, broken)
        pushing.run()
        values = [owner, *journey.values, *pushing.values]
        leave_nothing(installation, values, [pushing.secret], report, broken)
    except (TimeoutError, RuntimeError, KeyError, ValueError) as failure:
        report.check(f"{type(failure).__name__}: {failure}", False)
        print(installation.log.read_text()[-3000:], file=sys.stderr)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
