"""With only a Deployment token: push code, set variables, change the configuration, install packages, roll back."""

import os
import pathlib
import secrets
import subprocess

import bundles
import documented
from installation import REPOSITORY, Installation, request, wait_for
from pushing import REQUIRED, Pipeline, Refused
from report import Report
from webhook import Webhook

FIRST = "version 1"

BREAKS = {
    "push": "the archive that is pushed has no DAGs",
    "variable": "the variable is not set",
    "configuration": "the update is not sent",
    "keeps-version": "version 2 is never pushed, so that no run can tell the versions apart",
    "package": "the package is not asked for",
    "alert": "the run that ought to fail succeeds",
    "rollback": "the rollback is not made",
    "refused-bundle": "the broken bundles are sound",
    "curl": "the curl pipeline triggers a DAG that is not there",
    "documented": "one of the documented steps has a misspelt member",
    "sibling-push": "the token that pushes next door is as wide as the owner's",
    "retired-push": "the value that pushes after the rotation is the new one",
}


class DeployJourney:
    def __init__(self, installation: Installation, owner: str, report: Report, broken: str = ""):
        self.installation = installation
        self.owner = owner
        self.report = report
        self.broken = broken
        self.organization = installation.organization_url()
        self.url = installation.quickstart_url()
        self.folder = installation.folder / "bundles"
        self.folder.mkdir(exist_ok=True)
        self.values: list[str] = []
        self.secret = "s3cret-" + secrets.token_hex(16)
        self.greeting = "good morning " + secrets.token_hex(4)
        self.issued = self.token("pipeline")
        self.pipeline = Pipeline(self.issued["token"], self.url)

    def run(self) -> None:
        for section in self.sections():
            section()

    def run_only_broken(self) -> None:
        """The one section that has to find the planted defect, on code that is sound."""
        deploy = self.pipeline.push(self.archive("sound", bundles.project("1")), FIRST)
        self.pipeline.wait_until_live(deploy)
        self.pipeline.wait_until_healthy()
        self.sections()[list(BREAKS).index(self.broken)]()

    def sections(self) -> list:
        """In the order of their planted defects."""
        return [
            self.push_and_run,
            self.variables,
            self.configuration,
            self.runs_keep_their_version,
            self.package,
            self.failure_is_told,
            self.rollback,
            self.broken_code,
            self.curl,
            self.documented,
            self.next_door,
            self.after_the_rotation,
        ]

    def token(self, name: str) -> dict:
        body = {"name": name, "scope": "DEPLOYMENT", "entityId": self.url.rsplit("/", 1)[1]}
        token = request(self.owner, "POST", f"{self.organization}/tokens", body).json()
        self.values.append(token["token"])
        return token

    def archive(self, name: str, files: dict[str, str]) -> pathlib.Path:
        return bundles.archive(self.folder / f"{name}.tar.gz", files)

    def push_and_run(self) -> None:
        self.report.heading("The pipeline pushes code")
        files = {} if self.broken == "push" else bundles.project("1")
        deploy = self.pipeline.push(self.archive("one", files), FIRST)
        self.report.check("the push is accepted, and not live yet or just live", deploy["status"] != "FAILED")
        live = self.pipeline.wait_until_live(deploy)
        now = self.pipeline.wait_until_healthy()
        same = now["dagTarballVersion"] == live["dagTarballVersion"] == now["desiredDagTarballVersion"]
        self.report.check("the Deployment says which version is live", same, str(now.get("dagTarballVersion")))
        state, version, _ = self.pipeline.done("greet", "say")
        self.report.check(f"a run of the pushed DAG ends in {state}, by version {version}", (state, version) == ("success", "1"))

    def variables(self) -> None:
        self.report.heading("The pipeline sets environment variables")
        variables = [
            {"key": "GREETING", "value": self.greeting, "isSecret": False},
            {"key": "PASSPHRASE", "value": self.secret, "isSecret": True},
        ]
        if self.broken != "variable":
            answer = self.pipeline.update(environmentVariables=variables)
            self.report.status("sets two variables, one of them secret", answer, 200)
            self.report.check("the answer already says DEPLOYING", answer.json()["status"] == "DEPLOYING")
            self.report.check("the secret value is in no answer", self.secret not in answer.body)
        self.pipeline.wait_until_healthy()
        state, _, log = self.pipeline.done("greet", "say")
        self.report.check("the next task prints the variable", state == "success" and self.greeting in log, log[-300:])
        again = self.pipeline.update()
        self.report.check("saving the same again restarts nothing", again.json()["status"] == "HEALTHY", again.body[:300])
        listed = {v["key"]: v for v in again.json()["environmentVariables"]}
        self.report.check("the secret is kept and not shown", listed["PASSPHRASE"].get("value") is None)
        reserved = self.pipeline.update(
            environmentVariables=[{"key": "AIRFLOW__CORE__FERNET_KEY", "value": "x", "isSecret": False}]
        )
        self.report.status("a reserved variable", reserved, 400)

    def configuration(self) -> None:
        self.report.heading("The pipeline changes the configuration")
        queues = self.pipeline.get()["workerQueues"]
        extra = {"name": "heavy", "isDefault": False, "astroMachine": "A10", "workerConcurrency": 10}
        extra |= {"minWorkerCount": 0, "maxWorkerCount": 3}
        wanted = [] if any(queue["name"] == "heavy" for queue in queues) else [extra]
        if self.broken != "configuration":
            answer = self.pipeline.update(description=self.greeting, workerQueues=queues + wanted)
            self.report.status("changes the description and adds a queue", answer, 200)
        now = self.pipeline.get()
        names = [queue["name"] for queue in now["workerQueues"]]
        changed = now.get("description") == self.greeting and names == ["default", "heavy"]
        self.report.check("both are changed, and nothing restarted", changed and now["status"] == "HEALTHY", str(names))
        file = request(self.pipeline.value, "GET", f"{self.url}/deployment-file")
        self.report.status("exports the Deployment as a file", file, 200)
        self.report.check("the file holds no secret", "PASSPHRASE" in file.body and self.secret not in file.body)

    def runs_keep_their_version(self) -> None:
        self.report.heading("A run that started under version 1, while version 2 is live")
        run = self.pipeline.trigger("long")
        wait_for("it is running", 60, lambda: self.pipeline.run("long", run)["state"] == "running")
        number = "1" if self.broken == "keeps-version" else "2"
        self.pipeline.wait_until_live(self.pipeline.push(self.archive("two", bundles.project(number)), "version 2"))
        self.report.check("it is still running", self.pipeline.run("long", run)["state"] == "running")
        _, version, _ = self.pipeline.done("greet", "say")
        self.report.check(f"a run that starts now is by version {version}", version == "2")
        state = self.pipeline.wait_for_run("long", run)
        version = self.pipeline.returned("long", run, "wait_and_look")
        self.report.check(f"the one from before ends in {state}, by version {version}", (state, version) == ("success", "1"))

    def package(self) -> None:
        self.report.heading("The pipeline pushes a project with a Python package")
        files = bundles.project("3", package=True)
        if self.broken == "package":
            del files["requirements.txt"]
        deploy = self.pipeline.push(self.archive("three", files), "version 3, with a package")
        self.pipeline.wait_until_live(deploy)
        self.pipeline.wait_until_healthy()
        state, said, _ = self.pipeline.done("packaged", "say")
        self.report.check(f"the package is there: {said}", (state, said) == ("success", "1,234,567"))
        conflict = files | {"requirements.txt": "sqlalchemy<1\n"}
        refusal = self.refusal(self.archive("conflict", conflict))
        self.report.check("a conflict with Airflow's own packages is refused", refusal is not None and refusal.status == 400)
        if refusal is not None:
            self.report.check("in the resolver's words", "sqlalchemy" in refusal.body, refusal.body[:300])

    def failure_is_told(self) -> None:
        self.report.heading("A failed run is told, and only the Workspace decides to whom")
        platform = self.organization.replace("/v1/", "/platform/v1beta1/")
        place = self.pipeline.get()
        dag = "greet" if self.broken == "alert" else "doomed"
        with Webhook() as webhook:
            channel = {"name": f"webhook {dag}", "type": "SLACK", "entityType": "WORKSPACE", "entityId": place["workspaceId"]}
            channel["definition"] = {"webhookUrl": webhook.url}
            made = request(self.owner, "POST", f"{platform}/notification-channels", channel)
            self.report.status("the owner makes a notification channel", made, 200)
            alert = {"name": "on failure", "type": "DAG_FAILURE", "severity": "CRITICAL", "entityType": "DEPLOYMENT"}
            alert |= {"entityId": place["id"], "notificationChannelIds": [made.json()["id"]]}
            refused = request(self.pipeline.value, "POST", f"{platform}/alerts", alert)
            self.report.status("the Deployment token may not make an alert", refused, 403)
            self.report.status("the same body by the owner", request(self.owner, "POST", f"{platform}/alerts", alert), 200)
            run = self.pipeline.trigger(dag)
            self.report.check("the run fails", self.pipeline.wait_for_run(dag, run) == "failed")
            told = self.soon(lambda: webhook.about(run))
            self.report.check("the webhook is told of it", told, str(webhook.texts))
            again = self.pipeline.trigger(dag)
            self.pipeline.wait_for_run(dag, again)
            self.report.check("the next failure is told too", self.soon(lambda: webhook.about(again)))
            self.report.check("each once", len(webhook.about(run)) == 1, str(webhook.texts))

    @staticmethod
    def soon(condition) -> bool:
        try:
            return bool(wait_for("it is told", 30, condition))
        except TimeoutError:
            return False

    def rollback(self) -> None:
        self.report.heading("The pipeline rolls back")
        first = next(d for d in self.pipeline.get("/deploys?limit=1000")["deploys"] if d.get("description") == FIRST)
        answer = None
        if self.broken != "rollback":
            url = f"{self.url}/deploys/{first['id']}/rollback"
            answer = request(self.pipeline.value, "POST", url, {"description": "back to 1"})
            self.report.status("to the first push", answer, 200)
            self.pipeline.wait_until_live(answer.json())
        self.pipeline.wait_until_healthy()
        state, version, _ = self.pipeline.done("greet", "say")
        self.report.check(f"a run is by version {version} again", (state, version) == ("success", "1"))
        gone = request(self.pipeline.value, "POST", f"{self.pipeline.airflow}/dags/packaged/dagRuns", {"logical_date": None})
        self.report.status("what only version 3 had", gone, 404)
        newest = self.pipeline.get("/deploys?limit=1")["deploys"][0]
        known = answer is not None and newest.get("rollbackFromId") == first["id"]
        self.report.check("the history says so", known, str(newest)[:300])

    def refusal(self, archive: pathlib.Path):
        """The answer that refused this archive, or nothing if it was taken."""
        try:
            self.pipeline.push(archive)
        except Refused as refused:
            return refused.answer
        return None

    def broken_code(self) -> None:
        self.report.heading("Code that does not load")
        before = self.pipeline.get()["dagTarballVersion"]
        broken = dict(bundles.BROKEN_CODE)
        if os.getuid() == 0:
            broken |= bundles.ONLY_ROOT
        for what, (mention, files) in broken.items():
            sound = bundles.project("1") if self.broken == "refused-bundle" else files
            answer = self.refusal(self.archive("broken", sound))
            refused = answer is not None and answer.status == 400 and mention in answer.body
            self.report.check(f"{what} is refused", refused, "" if answer is None else answer.body[:400])
            if refused:
                self.report.said(answer.json()["message"])
        self.pipeline.wait_until_healthy()
        self.report.check("the running version is untouched", self.pipeline.get()["dagTarballVersion"] == before)
        state, _, _ = self.pipeline.done("greet", "say")
        self.report.check("and runs", state == "success")

    def curl(self) -> None:
        self.report.heading("A pipeline of curl and tar")
        project = self.folder / "project"
        for name, text in bundles.project("4").items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text)
        state = self.installation.state()
        environment = {
            "PATH": "/usr/bin:/bin",
            "HEADGATE_URL": state["url"],
            "HEADGATE_ORGANIZATION": state["organizationId"],
            "HEADGATE_DEPLOYMENT": state["quickstartDeploymentId"],
            "HEADGATE_TOKEN": self.pipeline.value,
        }
        dag = "no_such_dag" if self.broken == "curl" else "greet"
        command = ["sh", str(REPOSITORY / "docs/pipelines/deploy.sh"), str(project), dag, "by curl"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.report.check("deploys, waits, triggers and waits", done.returncode == 0, done.stdout + done.stderr)
        self.report.check("the token is in none of what it prints", self.pipeline.value not in done.stdout + done.stderr)

    def documented(self) -> None:
        self.report.heading("The steps of docs/automation.md, as they stand there")
        page = documented.Page(self.installation.state()["url"])
        if self.broken == "documented":
            page.misspell('"isSecret"')
        done = page.run(self.folder / "documented", self.pipeline.value)
        self.report.check("each of them works", done.returncode == 0, (done.stdout + done.stderr)[-1000:])
        self.report.check("the token is in none of what they print", self.pipeline.value not in done.stdout + done.stderr)
        now = self.pipeline.get()
        changed = now.get("description") == documented.DESCRIPTION
        self.report.check("variable and description are set", changed and "REGION" in str(now["environmentVariables"]))
        self.pipeline.wait_until_healthy()

    def next_door(self) -> None:
        self.report.heading("The pipeline and the Deployment next door")
        sibling = request(self.owner, "GET", f"{self.organization}/deployments?names=sibling").json()["deployments"][0]
        next_door = f"{self.organization}/deployments/{sibling['id']}"
        value = self.owner if self.broken == "sibling-push" else self.pipeline.value
        own = self.pipeline.get()
        update = {name: own[name] for name in REQUIRED} | {"description": "mine", "environmentVariables": []}
        for method, path, body in (
            ("POST", "/deploys", {"type": "DAG_ONLY"}),
            ("GET", "/deploys", None),
            ("POST", "", update),
            ("GET", "/deployment-file", None),
        ):
            answer = request(value, method, next_door + path, body)
            self.report.status(f"{method} …{path or '/' + sibling['id']}", answer, 404)

    def after_the_rotation(self) -> None:
        self.report.heading("The old value after a rotation")
        pending = self.pipeline.create("before the rotation")
        rotated = request(self.owner, "POST", f"{self.organization}/tokens/{self.issued['id']}/rotate").json()
        self.values.append(rotated["token"])
        retired = Pipeline(rotated["token"] if self.broken == "retired-push" else self.issued["token"], self.url)
        version = retired.upload(pending, self.archive("late", bundles.project("5")))
        self.report.check("an upload URL from before the rotation still takes bytes", bool(version))
        self.report.status("but the old value cannot finalize it", retired.finalize(pending, version), 401)
        answer = request(retired.value, "POST", f"{self.url}/deploys", {"type": "DAG_ONLY"})
        self.report.status("nor create another", answer, 401)
        self.pipeline = Pipeline(rotated["token"], self.url)
        if self.broken != "retired-push":
            self.report.status("the new value can", self.pipeline.finalize(pending, version), 200)
            self.pipeline.wait_until_live(pending)
