"""Each of the 70 rights on a Deployment as the published table says it: the request that it decides, by a token that may, by
one that may not, and at Airflow itself, past the gateway, by somebody who may do all but this."""

import json
import pathlib
import re
import sys
from dataclasses import dataclass

import bundles
import probe
from detours import AIRFLOW, detours
from installation import REPOSITORY, Answer, Installation, request, wait_for
from pushing import REQUIRED, Pipeline
from report import Report, Silent
from routes import rows

PAGE = REPOSITORY / "docs/permissions.md"
ROW = re.compile(r"\| `(deployment\.[A-Za-z.]+)` \|((?: [✓·] \|){6}) (.+) \|")
COLUMNS = ("WM", "WA", "WOp", "WOw", "DA", "TK")

ON_REAL_AIRFLOW = 39
ON_THE_API = 15
WITHOUT_A_ROUTE = 6
PAGE_ONLY = 0
NOT_BUILT = 10
QUERIES = {"deployment.logs.get": "?sources=scheduler"}

# The gateway alone asks for these: to Airflow they are one question with others, or none.
GATEWAY_ONLY = ("website.get", "clusterActivity.get", "docs.get")

# What each menu right is seen by.
MENUS = {"deployment.airflow.adminMenu.get": "Connections", "deployment.airflow.browseMenu.get": "Audit Log"}


PLANTED = ("deployment.get", "deployment.airflow.connection.get", "deployment.airflow.adminMenu.get", "deployment.deploys.get")
DONE = (200, 201, 204)


@dataclass(frozen=True)
class Right:
    name: str
    holders: frozenset[str]
    request: str

    @property
    def method(self) -> str:
        return self.request.split(" ")[0]

    @property
    def path(self) -> str:
        return self.request.split(" ", 1)[1]

    @property
    def has_request(self) -> bool:
        return " /" in self.request

    @property
    def in_airflow(self) -> bool:
        return self.has_request and not self.path.startswith(("/v1/", "/platform/"))


def published() -> list[Right]:
    found = []
    for line in PAGE.read_text().splitlines():
        if match := ROW.fullmatch(line):
            marks = match.group(2).replace(" ", "").strip("|").split("|")
            holders = frozenset(column for column, mark in zip(COLUMNS, marks, strict=True) if mark == "✓")
            found.append(Right(match.group(1), holders, match.group(3).strip("`")))
    return found


def all_but(name: str) -> list[str]:
    return [right.name for right in published() if right.name != name]


class Rights:
    def __init__(self, installation: Installation, owner: str, report: Report):
        self.installation = installation
        self.owner = owner
        self.report = report
        self.organization = installation.organization_url()
        self.deployment = request(owner, "GET", installation.quickstart_url()).json()
        self.values: list[str] = []
        self.tokens = self.callers()
        self.pipeline = Pipeline(self.tokens["TK"], installation.quickstart_url())
        self.airflow = self.pipeline.airflow.removesuffix("/api/v2")
        self.own_airflow = self.find_own_airflow()
        self.bodies: dict[str, dict] = {}
        self.places: dict[str, dict[str, str]] = {}

    def token(self, scope: str, entity: str, **more) -> dict:
        body = {"name": f"rights {more.get('role', scope)}", "scope": scope, "entityId": entity} | more
        token = request(self.owner, "POST", f"{self.organization}/tokens", body).json()
        self.values.append(token["token"])
        return token

    def callers(self) -> dict[str, str]:
        """Of the Workspace's roles those that lack something, of the Deployment the one that matters."""
        workspace = self.deployment["workspaceId"]
        roles = {"WM": "WORKSPACE_MEMBER", "WA": "WORKSPACE_AUTHOR", "WAc": "WORKSPACE_ACCESSOR"}
        tokens = {name: self.token("WORKSPACE", workspace, role=role) for name, role in roles.items()}
        tokens["TK"] = self.token("DEPLOYMENT", self.deployment["id"])
        self.token_ids = {name: token["id"] for name, token in tokens.items()}
        return {name: token["token"] for name, token in tokens.items()} | {"owner": self.owner}

    def find_own_airflow(self) -> dict:
        """Where Airflow itself listens, and with which secret the gateway signs."""
        record = self.installation.data / "deployments" / self.deployment["id"] / "run/api-server.json"
        pid = json.loads(record.read_text())["pid"]
        lines = pathlib.Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
        environment = dict(line.split("=", 1) for line in lines if "=" in line)
        namespace = environment["AIRFLOW__API__BASE_URL"].rsplit("/", 1)[1]
        return {
            "prefix": f"http://127.0.0.1:{environment['AIRFLOW__API__PORT']}/{namespace}",
            "audience": environment["AIRFLOW__API_AUTH__JWT_AUDIENCE"],
            "issuer": environment["AIRFLOW__API_AUTH__JWT_ISSUER"],
            "secret": environment["AIRFLOW__API_AUTH__JWT_SECRET"],
        }

    def at_airflow(self, permissions: list[str], method: str, path: str, body=None) -> Answer:
        """Past the gateway, as somebody with just these permissions."""
        value = probe.signed(self.own_airflow | {"permissions": permissions}, self.own_airflow["secret"])
        return request(value, method, self.own_airflow["prefix"] + path, body)

    def run(self) -> None:
        rights = published()
        self.prepare()
        self.report.heading("The 70 rights, each as docs/permissions.md says")
        self.report.check("the page has 70 rows", len({right.name for right in rights}) == len(rights) == 70)
        self.report.check("the requests are those that the gateway's table names", *self.named_by_the_table(rights))
        exercised = {"airflow": 0, "api": 0, "no route in Airflow 3.3": 0, "page only": 0, "feature not built yet": 0}
        for right in sorted(rights, key=lambda right: right.name == "deployment.delete"):
            if right.has_request:
                exercised["airflow" if right.in_airflow else "api"] += self.exercise(right)
            else:
                exercised[right.request] += 1
                print(f"       {right.name}: {right.request}", file=self.report.out)
        self.detours({right.name: right for right in rights})
        self.planted([right for right in rights if right.name in PLANTED])
        self.recorded()
        expected = [ON_REAL_AIRFLOW, ON_THE_API, WITHOUT_A_ROUTE, PAGE_ONLY, NOT_BUILT]
        words = f"{ON_REAL_AIRFLOW} rights were exercised on real Airflow, {ON_THE_API} on the API; {WITHOUT_A_ROUTE} have no route"
        good = list(exercised.values()) == expected
        self.report.check(f"{words}, {PAGE_ONLY} a page only, {NOT_BUILT} no feature yet", good, str(exercised))

    def detours(self, rights: dict[str, Right]) -> None:
        self.report.heading("The same rights by other ways")
        for detour in detours(self.everywhere["dag_run_id"]):
            right = rights[AIRFLOW + detour.right]
            may, may_not = self.callers_of(right)
            url = self.airflow + detour.path
            refused = request(self.tokens[may_not], detour.method, url, detour.body)
            inside = self.at_airflow(all_but(right.name), detour.method, detour.path, detour.body)
            allowed = request(self.tokens[may], detour.method, url, detour.body)
            good = (allowed.status, refused.status, inside.status) == (200, self.refusal_of(may_not), 403)
            words = f"{allowed.status} {may:5} {refused.status} {may_not:3} {inside.status} Airflow   {detour.words}: {detour.method} {detour.path}"
            failed_parts = '"errors":[{' in allowed.body
            self.report.check(words, good and not failed_parts, f"{right.name}: {allowed.body[:300]} {inside.body[:200]}")

    def recorded(self) -> None:
        """Each change through the gateway, and none that was refused or only read."""
        self.report.heading("The audit log of what was changed in Airflow")
        query = f"audit-logs?subjectId={self.token_ids['TK']}"
        wait_for("the last change is written", 10, lambda: "clearDagRuns" in self.log(query))
        changes = [json.loads(line)["requestBody"] for line in self.log(query).splitlines() if "airflow.changed" in line]
        told = {(change["operation"].split(" ")[0], change["operation"].split(" ")[1]) for change in changes}
        asked = {(right.method, right.path) for right in published() if right.in_airflow and "TK" in right.holders}
        missing = {(method, path) for method, path in asked if method != "GET"} - {(m, p.replace(":path}", "}")) for m, p in told}
        self.report.check(f"{len(changes)} changes by the Deployment token, every operation among them", not missing, str(missing))
        self.report.check("nothing that only reads", not any(method == "GET" or path.endswith("/list") for method, path in told))
        author = self.log(f"audit-logs?subjectId={self.token_ids['WA']}")
        self.report.check("and of the Author, who was refused, none", "airflow.changed" not in author)

    def log(self, query: str) -> str:
        return request(self.owner, "GET", f"{self.organization}/{query}").body

    def planted(self, rights: list[Right]) -> None:
        """Had one of the callers who may not more than the page says, it would be noticed."""
        self.report.heading("Planted: those who may not hold a wider token")
        kept, told = self.tokens, self.report
        self.tokens = dict.fromkeys(kept, kept["TK"])
        for right in rights:
            self.report = Report(Silent())
            self.exercise(right)
            told.check(f"{right.name}: noticed", self.report.failed == 1)
        self.tokens, self.report = kept, told

    @staticmethod
    def named_by_the_table(rights: list[Right]) -> tuple[bool, str]:
        ruled = {(row["method"], "/api/v2" + row["path"].replace(":path}", "}")): row["permission"].split("+") for row in rows("airflow-3.3.2-routes.tsv")}
        for row in rows("airflow-3.3.2-other-routes.tsv"):
            ruled[row["method"], row["path"]] = row["advice"].removeprefix("allow ").split("+")
        asked = [right for right in rights if right.in_airflow and right.name not in MENUS]
        wrong = [right.name for right in asked if right.name not in ruled.get((right.method, right.path), [])]
        return not wrong, str(wrong)

    def prepare(self) -> None:
        """One object of each kind to act on, and what it takes to make or change one."""
        archive = bundles.archive(self.installation.folder / "rights.tar.gz", bundles.project("rights") | {"dags/daily.py": bundles.daily()})
        deploy = self.pipeline.wait_until_live(self.pipeline.push(archive))
        # one that can be rolled back, because it is not the current one
        self.pipeline.wait_until_live(self.pipeline.push(archive))
        self.pipeline.wait_until_healthy()
        run = self.pipeline.trigger("hello_headgate")
        self.pipeline.wait_for_run("hello_headgate", run)
        self.own_airflow = self.find_own_airflow()
        workspace, id = self.deployment["workspaceId"], self.deployment["id"]
        doomed = {"name": "rights", "workspaceId": workspace, "type": "STANDARD"}
        doomed = request(self.owner, "POST", f"{self.organization}/deployments", doomed).json()["id"]
        self.doomed_token = self.token("DEPLOYMENT", doomed)["token"]
        state = self.installation.state()
        everywhere = {
            "organizationId": state["organizationId"],
            "deploymentId": id,
            "deployId": deploy["id"],
            "tokenId": self.token("DEPLOYMENT", id, name="another")["id"],
            "alertId": self.alert(workspace, id),
            "dag_id": "hello_headgate",
            "dag_run_id": run,
            "task_id": "greet",
            "try_number": "1",
            "xcom_key": "return_value",
            "connection_id": "rights",
            "pool_name": "rights",
            "variable_key": "rights",
        }
        # a run of its own for those that change and remove it; a DAG and a task that nothing else needs
        made = everywhere | {"dag_run_id": "rights-made"}
        self.places = dict.fromkeys((AIRFLOW + "dagRun.update", AIRFLOW + "dagRun.delete"), made)
        self.places[AIRFLOW + "dag.delete"] = everywhere | {"dag_id": "doomed"}
        self.places[AIRFLOW + "taskInstance.delete"] = everywhere | {"task_id": "frame"}
        rotated = self.token("DEPLOYMENT", id, name="to be rotated")["id"]
        self.places["deployment.apiTokens.rotate"] = everywhere | {"tokenId": rotated}
        self.places["deployment.delete"] = everywhere | {"deploymentId": doomed}
        self.everywhere = everywhere
        variables = {"environmentVariables": self.pipeline.get()["environmentVariables"]}
        self.bodies = {
            "deployment.update": {name: self.deployment[name] for name in REQUIRED} | variables | {"description": "by right"},
            "deployment.alerts.create": self.alert_body,
            "deployment.apiTokens.create": {"name": "by right", "scope": "DEPLOYMENT", "entityId": id},
            "deployment.apiTokens.update": {"name": "renamed"},
            "deployment.deploys.create": {"type": "DAG_ONLY"},
            "deployment.deploys.update": {"description": "back"},
            AIRFLOW + "dag.update": {"is_paused": False},
            AIRFLOW + "dagRun.create": {"dag_run_id": "rights-made", "logical_date": None},
            AIRFLOW + "dagRun.update": {"state": "success"},
            AIRFLOW + "taskInstance.update": {"new_state": "failed"},
            AIRFLOW + "connection.create": {"connection_id": "rights", "conn_type": "http"},
            AIRFLOW + "connection.update": {"connection_id": "rights", "conn_type": "http", "host": "example.org"},
            AIRFLOW + "pool.create": {"name": "rights", "slots": 1},
            AIRFLOW + "pool.update": {"name": "rights", "slots": 2, "include_deferred": False},
            AIRFLOW + "variable.create": {"key": "rights", "value": "1"},
            AIRFLOW + "variable.update": {"key": "rights", "value": "2"},
        }

    def alert(self, workspace: str, id: str) -> str:
        self.platform = self.organization.replace("/v1/", "/platform/v1beta1/")
        channel = {"name": "rights", "type": "SLACK", "entityType": "WORKSPACE", "entityId": workspace}
        channel["definition"] = {"webhookUrl": "http://127.0.0.1:9/hook"}
        channel = request(self.owner, "POST", f"{self.platform}/notification-channels", channel).json()
        body = {"name": "rights", "type": "DAG_FAILURE", "severity": "INFO", "entityType": "DEPLOYMENT", "entityId": id}
        self.alert_body = body | {"notificationChannelIds": [channel["id"]]}
        return request(self.owner, "POST", f"{self.platform}/alerts", self.alert_body).json()["id"]

    def url(self, right: Right, path: str) -> str:
        base = self.airflow if right.in_airflow else self.installation.state()["url"]
        return base + path + QUERIES.get(right.name, "")

    def callers_of(self, right: Right) -> tuple[str, str]:
        """Who may, and the one with the most rights of those who may not."""
        if "TK" not in right.holders:
            return "owner", "TK"
        lacking = [caller for caller in ("WA", "WM") if caller not in right.holders]
        return "TK", (lacking or ["WAc"])[0]

    def exercise(self, right: Right) -> bool:
        """First who may not: that what it wanted to change is still as it was shows when the other one changes it."""
        path = right.path.format(**self.places.get(right.name, self.everywhere))
        body = self.bodies.get(right.name)
        may, may_not = self.callers_of(right)
        if right.name in MENUS or right.path == "/ui/auth/menus":
            return self.menu(right, may, may_not)
        refused = request(self.tokens[may_not], right.method, self.url(right, path), body)
        inside, detail = self.inside(right, path, body)
        value = self.doomed_token if right.name == "deployment.delete" else self.tokens[may]
        allowed = request(value, right.method, self.url(right, path), body)
        good = refused.status == self.refusal_of(may_not) and allowed.status in DONE and inside != "no"
        words = f"{allowed.status} {may:5} {refused.status} {may_not:3} {detail}  {right.method} {right.path}"
        return self.report.check(words, good, f"{right.name}: {allowed.body[:200]} {refused.body[:200]}")

    @staticmethod
    def refusal_of(caller: str) -> int:
        """An Accessor does not see the Deployment: to it, nothing is there."""
        return 404 if caller == "WAc" else 403

    def inside(self, right: Right, path: str, body) -> tuple[str, str]:
        if not right.in_airflow:
            return "", "           "
        if right.name.removeprefix(AIRFLOW) in GATEWAY_ONLY:
            return "", "gateway asks"
        answer = self.at_airflow(all_but(right.name), right.method, path, body)
        return ("yes" if answer.status == 403 else "no"), f"{answer.status} Airflow "

    def menu(self, right: Right, may: str, may_not: str) -> bool:
        """Everybody who may open a page may ask for the menu; what differs is what is in it."""
        entry = MENUS[right.name]
        answers = [request(self.tokens[caller], "GET", self.airflow + right.path) for caller in (may, may_not)]
        without = self.at_airflow(all_but(right.name), "GET", right.path)
        everything = self.at_airflow(all_but(""), "GET", right.path)
        shown = [entry in answer.body for answer in (answers[0], everything)]
        hidden = [entry not in answer.body for answer in (answers[1], without)]
        words = f"{answers[0].status} {may:5} {answers[1].status} {may_not:3} {without.status} Airflow "
        words += f"  {right.method} {right.path} {'with' if shown[0] else 'without'} and {'without' if hidden[0] else 'with'} {entry!r}"
        return self.report.check(words, all(shown) and all(hidden), f"{right.name}: {answers[0].body} {without.body}")


def check_rights(installation: Installation, owner: str, report: Report) -> list[str]:
    """The values of the tokens it made."""
    rights = Rights(installation, owner, report)
    rights.run()
    return rights.values


def main() -> int:
    report = Report()
    installation = Installation("--allow-shared-user")
    try:
        installation.start()
        owner = installation.owner_token()
        installation.wait_until_healthy(owner)
        check_rights(installation, owner, report)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
