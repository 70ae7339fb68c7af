"""Kills the server at random moments, or once at every named fail point, and checks after each restart that everything
it had acknowledged is still so and nothing is left half done.

    crash.py --rounds N [--seed S]    random kills; prints the seed and a table of what was under way
    crash.py --points                 one kill at every fail point of kernel/FailPoint.java
"""

import argparse
import collections
import pathlib
import random
import re
import shutil
import subprocess
import sys
import threading
import time

import bundles
from installation import REPOSITORY, Installation, wait_for
from ledger import Ledger, Unanswered, ask
from report import Report, Silent

SETTLED_SECONDS = 60
COVERED_FROM = 3
THOROUGH_EVERY = 10
LONGEST_WAIT = {"requirements": 6.0, "finalize": 4.0, "variables": 4.0, "create Deployment": 2.0}
DIED = 137
BACKGROUND_SECONDS = 30
ATTEMPTS = 3

FAIL_POINTS = REPOSITORY / "src/main/java/io/headgate/kernel/FailPoint.java"
POINTS = re.compile(r"^    ([A-Z][A-Z_]+)[,;]", re.MULTILINE)

# Which operation passes a fail point, by the beginning of its name; the first that fits.
OPERATION_OF = (
    ("DEPLOYMENT_CREATE", "Deployment"),
    ("DEPLOYMENT_DELETE", "Deployment"),
    ("DEPLOYMENT_UPDATE", "variables"),
    ("WORKSPACE", "Workspace"),
    ("ALERT", "alert"),
    ("NOTIFICATION_CHANNEL", "alert"),
    ("TOKEN_ROTATE", "rotate"),
    ("TOKEN_ROLES", "roles"),
    ("TOKEN_UPDATE", "rename"),
    ("TOKEN_", "token"),
    ("HAND_OVER", "variables"),
    ("PACKAGES", "requirements"),
    ("DEPLOY_ROLLBACK", "rollback"),
    ("DEPLOY_", "deploy"),
    ("UPLOAD", "deploy"),
    ("ACTIVATION", "deploy"),
    ("VERSION_KEEP", "deploy"),
    ("AUDIT_", "Workspace"),
    ("REFUSALS_", "refused"),
)

# Not reached here, each with its reason; counted.
SKIPPED = {
    "ALERT_NOTE_BEFORE_COMMIT": "needs a failed run; nothing is acknowledged there, and the failure is found again",
    "ALERT_NOTE_AFTER_COMMIT": "needs a failed run; nothing is acknowledged there, and the failure is found again",
    "EXPIRY_NOTE_BEFORE_COMMIT": "nothing is acknowledged there, and it is done again within a minute",
    "EXPIRY_NOTE_AFTER_COMMIT": "nothing is acknowledged there, and it is done again within a minute",
    "NOTIFICATION_SENT_BEFORE_COMMIT": "nothing is acknowledged there; the same is sent again, as the guide says",
    "DEPLOY_PURGE_BEFORE_COMMIT": "code is thrown away after 90 days",
    "DEPLOY_PURGE_AFTER_COMMIT": "code is thrown away after 90 days",
    "VERSION_DISCARD_AFTER_RENAME": "code is thrown away after 90 days",
    "AUDIT_CUT_BEFORE_COMMIT": "rows of the audit log are removed after 90 days",
    "AUDIT_CUT_AFTER_COMMIT": "rows of the audit log are removed after 90 days",
    "OVERUSE_STOPPED": "needs a fork bomb; OveruseWatchTest takes over what was left stopped",
}

# Small packages of wheels only; a combination that this machine has not installed yet has to be installed.
PACKAGES = {
    "humanize": ("4.6.0", "4.7.0", "4.8.0", "4.9.0", "4.10.0", "4.11.0"),
    "toolz": ("0.12.0", "0.12.1", "1.0.0"),
    "cowsay": ("5.0", "6.0", "6.1"),
    "sortedcontainers": ("2.3.0", "2.4.0"),
    "roman": ("3.3", "4.0", "4.1", "4.2"),
}


class Server:
    """The installation under test and the requests that change it, each acknowledged in the ledger."""

    def __init__(self, installation: Installation, dice: random.Random):
        self.installation = installation
        self.dice = dice
        self.ledger = Ledger(installation.folder / "ledger.json")
        self.number = 0
        self.every_point = False  # then nothing is chosen that passes none
        self.phase = ""
        self.markers: dict[str, str] = {}  # bundle version → what its marker DAG says of itself

    def begin(self) -> None:
        self.owner = self.installation.owner_token()
        deployment = self.installation.wait_until_healthy(self.owner)
        self.workspace = deployment["workspaceId"]
        self.quickstart = deployment["id"]
        body = {"name": "crash", "scope": "DEPLOYMENT", "entityId": self.quickstart}
        _, token, _ = ask(self.owner, "POST", f"{self.organization()}/tokens", body)
        self.token_id = token["id"]
        self.databases_without_deployments = self.installation.databases() - 1
        self.value = token["token"]
        self.ledger.acknowledged(f"value {self.value}", "good")
        body = {"name": "wide", "scope": "WORKSPACE", "entityId": self.workspace, "role": "WORKSPACE_ACCESSOR"}
        _, wide, _ = ask(self.owner, "POST", f"{self.organization()}/tokens", body)
        self.wide = f"{self.organization()}/tokens/{wide['id']}"
        self.ledger.acknowledged("roles", ["WORKSPACE_ACCESSOR"])
        self.ledger.acknowledged("name", "wide")
        self.ledger.acknowledged("description", "")
        self.ledger.acknowledged("variables", {})
        self.ledger.acknowledged("requirements", "")

    def organization(self) -> str:
        return self.installation.organization_url()

    def url(self) -> str:
        return self.installation.quickstart_url()

    def next(self) -> int:
        self.number += 1
        return self.number

    # What can be under way when the server dies.

    def operations(self) -> dict:
        return {
            "description": self.describe,
            "variables": self.set_variables,
            "requirements": self.require,
            "rotate": self.rotate,
            "alert": self.alert_life,
            "rename": self.rename,
            "roles": self.give_roles,
            "deploy": self.deploy,
            "rollback": self.roll_back,
            "token": self.token_life,
            "Deployment": self.deployment_life,
            "Workspace": self.workspace_life,
            "refused": self.be_refused,
        }

    def change(self, phase: str, fact: str, value, method: str, url: str, body=None) -> dict:
        self.phase = phase
        self.ledger.asked(fact, value)
        status, answer, _ = ask(self.owner, method, url, body)
        if status not in (200, 204):
            self.ledger.refused(fact)
            raise AssertionError(f"{phase}: {status} {answer}")
        self.ledger.acknowledged(fact, value)
        return answer

    def update(self, phase: str, fact: str, value, **changes) -> None:
        _, now, _ = ask(self.owner, "GET", self.url())
        names = "executor isCicdEnforced isDagDeployEnabled isHighAvailability name schedulerSize type workspaceId"
        body = {name: now[name] for name in names.split()}
        body["environmentVariables"] = [
            {"key": v["key"], "value": v["value"], "isSecret": False} for v in now["environmentVariables"]
        ]
        self.change(phase, fact, value, "POST", self.url(), body | changes)

    def describe(self) -> None:
        text = f"description {self.next()}"
        self.update("description", "description", text, description=text)

    def set_variables(self) -> None:
        wanted = {f"CRASH_{name}": str(self.next()) for name in ("ONE", "TWO")}
        variables = [{"key": key, "value": value, "isSecret": False} for key, value in wanted.items()]
        self.update("variables", "variables", wanted, environmentVariables=variables)

    def require(self) -> None:
        versions = {name: self.dice.choice(versions) for name, versions in PACKAGES.items()}
        text = "\n".join(f"{name}=={version}" for name, version in versions.items())
        if not self.every_point and self.dice.random() < 0.2:
            text = ""
        self.update("requirements", "requirements", text, pythonRequirements=text)

    def rotate(self) -> None:
        self.phase = "rotate"
        old = f"value {self.value}"
        self.ledger.asked(old, "dead")
        status, answer, _ = ask(self.owner, "POST", f"{self.organization()}/tokens/{self.token_id}/rotate")
        if status != 200:
            raise AssertionError(f"rotate: {status} {answer}")
        self.ledger.acknowledged(old, "dead")
        self.value = answer["token"]
        self.ledger.acknowledged(f"value {self.value}", "good")

    def rename(self) -> None:
        name = f"wide {self.next()}"
        self.change("rename token", "name", name, "POST", self.wide, {"name": name})

    def give_roles(self) -> None:
        more = self.ledger.facts["roles"][-1] == ["WORKSPACE_ACCESSOR"]
        wanted = ["WORKSPACE_MEMBER", "DEPLOYMENT_ADMIN"] if more else ["WORKSPACE_ACCESSOR"]
        ids = {"WORKSPACE": self.workspace, "DEPLOYMENT": self.quickstart}
        roles = [{"entityType": kind, "entityId": ids[kind], "role": role}
                 for role in wanted for kind in [role.split("_")[0]]]
        self.change("change roles", "roles", wanted, "POST", f"{self.wide}/roles", {"roles": roles})

    def be_refused(self) -> None:
        self.phase = "refused"
        status, answer, _ = ask(self.value, "GET", f"{self.organization()}/audit-logs")
        if status not in (401, 403):
            raise AssertionError(f"a Deployment's token may read the audit log: {status} {answer}")

    def deploy(self) -> None:
        self.phase = "create deploy"
        status, deploy, _ = ask(self.value, "POST", f"{self.url()}/deploys", {"type": "DAG_ONLY"})
        if status == 401:
            return  # its value was rotated away by a request that was never answered
        self.expect(status, 200, deploy)
        self.phase = "upload"
        marker = f"marker {self.next()}"
        files = bundles.project("1") | {"dags/marker.py": bundles.marker(marker)}
        archive = bundles.archive(self.installation.folder / "sound.tar.gz", files).read_bytes()
        status, _, headers = ask("", "PUT", deploy["dagsUploadUrl"], archive)
        self.expect(status, 201, deploy)
        version = headers["x-ms-version-id"]
        self.markers[version] = marker
        self.ledger.acknowledged(f"upload {deploy['id']}", version)
        self.finalize(deploy["id"], version)

    def finalize(self, deploy: str, version: str) -> None:
        self.phase = "finalize"
        self.ledger.asked(f"deploy {deploy}", version)
        url = f"{self.url()}/deploys/{deploy}/finalize"
        status, answer, _ = ask(self.owner, "POST", url, {"dagTarballVersion": version})
        self.expect(status, 200, answer)
        self.ledger.facts.pop(f"upload {deploy}", None)
        self.ledger.acknowledged(f"deploy {deploy}", version)
        self.phase = "activate"
        while ask(self.owner, "GET", f"{self.url()}/deploys/{deploy}")[1]["status"] == "INITIALIZED":
            time.sleep(0.05)
        self.phase = "idle"

    def roll_back(self) -> None:
        _, history, _ = ask(self.owner, "GET", f"{self.url()}/deploys?limit=20")
        live = ask(self.owner, "GET", self.url())[1].get("dagTarballVersion")
        good = [d for d in history["deploys"] if d["status"] == "DEPLOYED" and d["dagTarballVersion"] != live]
        if not good:
            return self.deploy()
        target = self.dice.choice(good)
        self.phase = "rollback"
        status, answer, _ = ask(self.owner, "POST", f"{self.url()}/deploys/{target['id']}/rollback", {})
        if status == 400 and "current" in answer.get("message", ""):
            return None  # what was live changed meanwhile
        self.expect(status, 200, answer)
        self.ledger.acknowledged(f"deploy {answer['id']}", target["dagTarballVersion"])
        self.phase = "activate"
        return None

    def token_life(self) -> None:
        self.phase = "create token"
        body = {"name": f"t{self.next()}", "scope": "DEPLOYMENT", "entityId": self.quickstart}
        status, token, _ = ask(self.owner, "POST", f"{self.organization()}/tokens", body)
        self.expect(status, 200, token)
        fact = f"value {token['token']}"
        self.ledger.acknowledged(fact, "good")
        self.change("delete token", fact, "dead", "DELETE", f"{self.organization()}/tokens/{token['id']}")

    def deployment_life(self) -> None:
        self.phase = "create Deployment"
        body = {"name": f"d{self.next()}", "workspaceId": self.workspace, "type": "STANDARD"}
        status, made, _ = ask(self.owner, "POST", f"{self.organization()}/deployments", body)
        self.expect(status, 200, made)
        fact = f"Deployment {made['id']}"
        self.ledger.acknowledged(fact, "there")
        self.change("delete Deployment", fact, "gone", "DELETE", f"{self.organization()}/deployments/{made['id']}")

    def platform(self) -> str:
        return self.organization().replace("/v1/", "/platform/v1beta1/")

    def alert_life(self) -> None:
        self.phase = "create channel"
        channel = {"name": f"c{self.next()}", "type": "SLACK", "entityType": "WORKSPACE", "entityId": self.workspace}
        channel["definition"] = {"webhookUrl": "https://hooks.example.com/x"}
        channel_url = self.made("Channel", f"{self.platform()}/notification-channels", channel)
        self.phase = "create alert"
        alert = {"name": "a", "type": "DAG_FAILURE", "severity": "INFO", "entityType": "DEPLOYMENT"}
        alert |= {"entityId": self.quickstart, "notificationChannelIds": [channel_url.rsplit("/", 1)[1]]}
        alert_url = self.made("Alert", f"{self.platform()}/alerts", alert)
        self.change("delete alert", f"Alert {alert_url.rsplit('/', 1)[1]}", "gone", "DELETE", alert_url)
        self.change("delete channel", f"Channel {channel_url.rsplit('/', 1)[1]}", "gone", "DELETE", channel_url)

    def made(self, kind: str, url: str, body: dict) -> str:
        status, answer, _ = ask(self.owner, "POST", url, body)
        self.expect(status, 200, answer)
        self.ledger.acknowledged(f"{kind} {answer['id']}", "there")
        return f"{url}/{answer['id']}"

    def workspace_life(self) -> None:
        self.phase = "create Workspace"
        url = f"{self.organization()}/workspaces"
        status, made, _ = ask(self.owner, "POST", url, {"name": f"w{self.next()}"})
        self.expect(status, 200, made)
        fact = f"Workspace {made['id']}"
        self.ledger.acknowledged(fact, "there")
        body = {"name": f"w{self.next()}", "description": "renamed", "cicdEnforcedDefault": False}
        self.phase = "update Workspace"
        status, answer, _ = ask(self.owner, "POST", f"{url}/{made['id']}", body)
        self.expect(status, 200, answer)
        self.change("delete Workspace", fact, "gone", "DELETE", f"{url}/{made['id']}")

    def expect(self, status: int, wanted: int, answer: dict) -> None:
        if status != wanted:
            raise AssertionError(f"{self.phase}: {status} {answer}")

    # What must be so after a restart.

    def check(self, report: Report, what: str) -> str:
        """Everything acknowledged is so; says whether what was under way has happened."""
        wrong: list[str] = []
        outcome = self.undecided_facts(wrong)
        self.deploys_settle(wrong)
        if wrong:
            report.check(what, False, "; ".join(wrong)[:1500])
        return outcome

    def undecided_facts(self, wrong: list[str]) -> str:
        outcome = "nothing to lose"
        _, now, _ = ask(self.owner, "GET", self.url())
        _, wide, _ = ask(self.owner, "GET", self.wide)
        seen = {
            "name": wide["name"],
            "roles": [held["role"] for held in wide["roles"]],
            "description": now.get("description", ""),
            "variables": {v["key"]: v.get("value") for v in now["environmentVariables"]},
            "requirements": now.get("pythonRequirements", ""),
        }
        for fact in self.ledger.starting_with("value "):
            status, _, _ = ask(fact.removeprefix("value "), "GET", self.url())
            seen[fact] = {200: "good", 401: "dead"}.get(status, f"status {status}")
        for kind, path in (
            ("Deployment", f"{self.organization()}/deployments"),
            ("Workspace", f"{self.organization()}/workspaces"),
            ("Channel", f"{self.platform()}/notification-channels"),
            ("Alert", f"{self.platform()}/alerts"),
        ):
            for fact in self.ledger.starting_with(f"{kind} "):
                status, _, _ = ask(self.owner, "GET", f"{path}/{fact.split()[1]}")
                seen[fact] = {200: "there", 404: "gone"}.get(status, f"status {status}")
        for fact, value in seen.items():
            if not self.ledger.allows(fact, value):
                wrong.append(f"{fact.rsplit('.', 1)[-1]} is {value!r}, not {self.ledger.facts[fact]!r}")
            elif self.ledger.undecided(fact):
                outcome = "done" if value == self.ledger.facts[fact][-1] else "not done"
            self.ledger.acknowledged(fact, value)
        for fact in [f for f, v in self.ledger.facts.items() if v in (["dead"], ["gone"])]:
            if len(self.ledger.facts) > 60:
                del self.ledger.facts[fact]  # checked often enough
        if seen.get(f"value {self.value}") == "dead":
            _, answer, _ = ask(self.owner, "POST", f"{self.organization()}/tokens/{self.token_id}/rotate")
            self.value = answer["token"]
            self.ledger.acknowledged(f"value {self.value}", "good")
        return outcome

    def deploys_settle(self, wrong: list[str]) -> None:
        """An acknowledged finalize ends in DEPLOYED; an acknowledged upload can still be finalized."""
        for fact, values in self.ledger.starting_with("deploy ").items():
            url = f"{self.url()}/deploys/{fact.split()[1]}"

            def ended(url=url):
                status = ask(self.owner, "GET", url)[1]["status"]
                return status if status != "INITIALIZED" else None

            try:
                status = wait_for(fact, SETTLED_SECONDS if len(values) == 1 else 5, ended)
            except TimeoutError:
                status = "INITIALIZED"
            if status != "DEPLOYED" and len(values) == 1:
                wrong.append(f"{fact} is {status} after {SETTLED_SECONDS} s")
            if status == "FAILED" and len(values) > 1:
                wrong.append(f"{fact} has failed, though it is sound")
            del self.ledger.facts[fact]
            if status == "INITIALIZED" and len(values) > 1:
                continue
            self.ledger.facts.pop(f"upload {fact.split()[1]}", None)
        self.what_is_served(wrong)
        for fact, values in self.ledger.starting_with("upload ").items():
            deploy = fact.split()[1]
            url = f"{self.url()}/deploys/{deploy}/finalize"
            status, answer, _ = ask(self.owner, "POST", url, {"dagTarballVersion": values[0]})
            if status != 200:
                wrong.append(f"{fact} cannot be finalized: {status} {answer}")
            del self.ledger.facts[fact]

    def what_is_served(self, wrong: list[str]) -> None:
        """Airflow serves the very bytes that were uploaded as the version that is said to be live."""
        _, now, _ = ask(self.owner, "GET", self.url())
        live = now.get("dagTarballVersion")
        if live not in self.markers or live != now.get("desiredDagTarballVersion"):
            return
        status, dag, _ = ask(self.owner, "GET", f"{now['apiUrl']}/dags/marker")
        if status == 503:
            return  # not there yet after a restart; looked at again in the next round
        if dag.get("description") != self.markers[live]:
            wrong.append(f"{live} is live, and Airflow serves {dag.get('description')!r}, not {self.markers[live]!r}")

    def leftovers(self) -> list[str]:
        """What is there and belongs to nothing: folders, databases, uploads, processes."""
        data = self.installation.data
        _, listed, _ = ask(self.owner, "GET", f"{self.organization()}/deployments?limit=0")
        known = {d["id"] for d in listed["deployments"]}
        found = [f"folder {f.name}" for f in (data / "deployments").iterdir() if f.name not in known]
        pending = set()
        for id in known:
            _, history, _ = ask(self.owner, "GET", f"{self.organization()}/deployments/{id}/deploys?limit=1000")
            pending |= {d["id"] for d in history.get("deploys", []) if d["status"] == "INITIALIZED"}
            stages = data / "deployments" / id / "staging"
            if stages.is_dir():
                found += [f"stage {f.name}" for f in stages.iterdir() if f.name not in pending]
        if (data / "uploads").is_dir():
            found += [f"upload {f.name}" for f in (data / "uploads").iterdir() if f.name not in pending]
        found += [f"process of {id}" for id in self.installation.deployments_of_processes() - known]
        trashed = len([f for f in (data / "trash").iterdir() if f.is_dir()]) if (data / "trash").is_dir() else 0
        excess = self.installation.databases() - self.databases_without_deployments - len(known) - trashed
        if excess > 0:
            found.append(f"{excess} databases too many")
        return found

    def thorough(self, report: Report) -> None:
        try:
            wait_for("nothing is left", SETTLED_SECONDS, lambda: not self.leftovers())
        except TimeoutError:
            report.check(f"nothing half done after {SETTLED_SECONDS} s", False, "; ".join(self.leftovers())[:600])
        report.check("the audit log is intact", *self.installation.verify_audit())


def planted(server: Server, report: Report) -> None:
    """What the checks are there to find is found when it is there."""
    report.heading("Planted losses and leftovers")
    kept = dict(server.ledger.facts)
    for fact, wrong in (("description", "lost"), ("variables", {"LOST": "1"}), (f"value {server.value}", "dead")):
        server.ledger.facts = kept | {fact: [wrong]}
        attempt = Report(Silent())
        server.check(attempt, "planted")
        report.check(f"a lost {fact.split()[0]} is found", attempt.failed == 1)
        server.ledger.facts = dict(kept)
    server.deploy()
    attempt = Report(Silent())
    server.markers = {version: "other bytes" for version in server.markers}
    server.check(attempt, "planted")
    report.check("code that is not what was uploaded is found", attempt.failed == 1)
    server.markers.clear()
    unknown = "c" + "0" * 24
    home = server.installation.data / "deployments" / unknown / "home"
    home.mkdir(parents=True)
    stage = server.installation.data / "deployments" / server.quickstart / "staging" / unknown
    stage.mkdir(parents=True)
    orphan = subprocess.Popen(["sleep", "60"], env={"HOME": f"{home}/"})
    found = server.leftovers()
    orphan.kill()
    orphan.wait()
    for what in (f"folder {unknown}", f"stage {unknown}", f"process of {unknown}"):
        report.check(f"a {what.split()[0]} that belongs to nothing is found", what in found, str(found))
    shutil.rmtree(home.parent)
    stage.rmdir()
    report.check("and otherwise nothing is", not server.leftovers(), str(server.leftovers()))


def random_kills(server: Server, rounds: int, report: Report) -> None:
    table: dict = collections.defaultdict(collections.Counter)
    operations = server.operations()
    weights = {"deploy": 6, "rollback": 2, "Deployment": 1, "requirements": 2, "variables": 2}
    names = [name for name in operations for _ in range(weights.get(name, 2))]
    for number in range(1, rounds + 1):
        name = server.dice.choice(names)
        limit = LONGEST_WAIT.get(name, 3.0 if name == "deploy" else 1.0)
        moment = server.dice.uniform(0, limit)
        died = threading.Event()
        timer = threading.Timer(moment, lambda died=died: (died.set(), server.installation.kill()))
        server.phase = "idle"
        timer.start()
        try:
            while not died.is_set():
                operations[name]()
                name = server.dice.choice(names) if server.dice.random() < 0.5 else name
        except Unanswered:
            pass
        timer.join()
        phase = server.phase
        server.installation.start()
        table[phase][server.check(report, f"round {number}, killed during {phase}")] += 1
        if number % THOROUGH_EVERY == 0 or number == rounds:
            server.thorough(report)
            print(f"  {number} of {rounds}: {report.failed} failures", flush=True)
    report.check(f"{rounds} kills survived", report.failed == 0)
    print(f"\n{'under way':<20}{'kills':>6}  found afterwards")
    for phase, outcomes in sorted(table.items()):
        spelled = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.items())
        covered = "" if outcomes.total() >= COVERED_FROM else "   (fewer than 3: not covered)"
        print(f"{phase:<20}{outcomes.total():>6}  {spelled}{covered}")


def every_point(server: Server, report: Report) -> None:
    report.heading("One kill at every fail point")
    armed = server.installation.folder / "fail-point"
    options = f"-Dheadgate.fail-point-file={armed}"
    server.every_point = True
    server.installation.kill()
    server.installation.start(options)
    for point in POINTS.findall(FAIL_POINTS.read_text()):
        if point in SKIPPED:
            report.skip(point, SKIPPED[point])
            continue
        operation = next((name for prefix, name in OPERATION_OF if point.startswith(prefix)), None)
        if not report.check(f"{point} belongs to an operation", operation is not None):
            continue
        server.check(report, f"before {point}")
        armed.write_text(point)
        died = False
        for _ in range(ATTEMPTS):
            try:
                server.operations()[operation]()
            except Unanswered:
                died = True
                break
            if server.installation.ended_within(BACKGROUND_SECONDS):
                died = True
                break
        armed.unlink()
        if not report.check(f"{point}: {operation} dies there, during {server.phase}", died):
            continue
        code = server.installation.server.wait(BACKGROUND_SECONDS)
        report.check(f"{point}: as kill -9 would", code == DIED, str(code))
        before = report.failed
        server.installation.start(options)
        outcome = server.check(report, f"{point}: what was acknowledged is so")
        if report.failed == before:
            report.check(f"{point}: what was acknowledged is so; the rest is {outcome}", True)
    server.thorough(report)
    report.check("no fail point left anything half done", not server.leftovers(), str(server.leftovers()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="headgate test crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--points", action="store_true", help="kill once at every named fail point instead")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 31)
    print(f"seed {seed}", flush=True)
    report = Report()
    installation = Installation("--allow-shared-user")
    try:
        installation.start()
        server = Server(installation, random.Random(seed))
        server.begin()
        planted(server, report)
        if arguments.points:
            every_point(server, report)
        else:
            random_kills(server, arguments.rounds, report)
    except (TimeoutError, RuntimeError, KeyError, ValueError, AssertionError, Unanswered) as failure:
        report.check(f"{type(failure).__name__}: {failure}", False)
        print(installation.log.read_text()[-4000:], file=sys.stderr)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
