"""What a pipeline does with a Deployment, each request by a process of its own."""

import pathlib

from installation import Answer, request, wait_for

LIVE_LIMIT_SECONDS = 180
RUN_LIMIT_SECONDS = 180

# What an update of a Deployment must name; the rest is kept (update semantics of the contract).
REQUIRED = (
    "executor",
    "isCicdEnforced",
    "isDagDeployEnabled",
    "isHighAvailability",
    "name",
    "schedulerSize",
    "type",
    "workspaceId",
)


class Refused(RuntimeError):
    def __init__(self, step: str, answer: Answer):
        super().__init__(f"{step}: {answer.status} {answer.body[:600]}")
        self.answer = answer


def accepted(step: str, answer: Answer) -> dict:
    if answer.status != 200:
        raise Refused(step, answer)
    return answer.json()


class Pipeline:
    """A token, the URL of its Deployment, and nothing else."""

    def __init__(self, value: str, deployment_url: str):
        self.value = value
        self.url = deployment_url
        self.airflow = request(value, "GET", deployment_url).json().get("apiUrl", "")

    def get(self, path: str = "") -> dict:
        return request(self.value, "GET", f"{self.url}{path}").json()

    def create(self, description: str = "") -> dict:
        body = {"type": "DAG_ONLY", "description": description}
        return accepted("create a deploy", request(self.value, "POST", f"{self.url}/deploys", body))

    def upload(self, deploy: dict, archive: pathlib.Path) -> str:
        answer = request("", "PUT", deploy["dagsUploadUrl"], archive)
        if answer.status != 201:
            raise Refused("upload", answer)
        return answer.headers["x-ms-version-id"]

    def finalize(self, deploy: dict, version: str, force: bool = False) -> Answer:
        body = {"dagTarballVersion": version} | ({"force": True} if force else {})
        return request(self.value, "POST", f"{self.url}/deploys/{deploy['id']}/finalize", body)

    def push(self, archive: pathlib.Path, description: str = "", force: bool = False) -> dict:
        """Create, upload, finalize; raises Refused with the answer that said no."""
        deploy = self.create(description)
        return accepted("finalize", self.finalize(deploy, self.upload(deploy, archive), force))

    def wait_until_live(self, deploy: dict) -> dict:
        def live():
            now = self.get(f"/deploys/{deploy['id']}")
            if now["status"] == "FAILED":
                raise RuntimeError(f"deploy failed: {now}")
            return now if now["status"] == "DEPLOYED" else None

        return wait_for("the deploy is live", LIVE_LIMIT_SECONDS, live)

    def wait_until_healthy(self) -> dict:
        def healthy():
            now = self.get()
            return now if now["status"] == "HEALTHY" else None

        return wait_for("the Deployment is HEALTHY", LIVE_LIMIT_SECONDS, healthy)

    def update(self, **changes) -> Answer:
        now = self.get()
        body = {name: now[name] for name in REQUIRED}
        body["environmentVariables"] = [
            {key: variable[key] for key in ("key", "value", "isSecret") if key in variable}
            for variable in now["environmentVariables"]
        ]
        return request(self.value, "POST", self.url, body | changes)

    def trigger(self, dag: str) -> str:
        unpaused = request(self.value, "PATCH", f"{self.airflow}/dags/{dag}", {"is_paused": False})
        if unpaused.status != 200:
            raise Refused(f"unpause {dag}", unpaused)
        runs = f"{self.airflow}/dags/{dag}/dagRuns"
        return accepted(f"trigger {dag}", request(self.value, "POST", runs, {"logical_date": None}))["dag_run_id"]

    def run(self, dag: str, run: str) -> dict:
        return request(self.value, "GET", f"{self.airflow}/dags/{dag}/dagRuns/{run}").json()

    def wait_for_run(self, dag: str, run: str) -> str:
        def ended():
            state = self.run(dag, run)["state"]
            return state if state in ("success", "failed") else None

        return wait_for(f"the run of {dag} ends", RUN_LIMIT_SECONDS, ended)

    def returned(self, dag: str, run: str, task: str) -> str:
        path = f"{self.airflow}/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value"
        return request(self.value, "GET", path).json().get("value", "")

    def log(self, dag: str, run: str, task: str) -> str:
        return request(self.value, "GET", f"{self.airflow}/dags/{dag}/dagRuns/{run}/taskInstances/{task}/logs/1").body

    def done(self, dag: str, task: str) -> tuple[str, str, str]:
        """Triggers a DAG and waits: state, what the task returned, what it printed."""
        run = self.trigger(dag)
        state = self.wait_for_run(dag, run)
        return state, self.returned(dag, run, task), self.log(dag, run, task)
