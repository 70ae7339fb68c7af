"""A Headgate of its own in a temporary data folder, started and stopped the way a person does."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
READY_LIMIT_SECONDS = 600
HEALTHY_LIMIT_SECONDS = 900
STOP_LIMIT_SECONDS = 90


@dataclass
class Answer:
    status: int
    body: str
    headers: dict = field(default_factory=dict, compare=False)

    def json(self):
        return json.loads(self.body)


def wait_for(what: str, limit_seconds: float, condition):
    """Looks until the condition gives something true, and returns that; raises when the limit is over."""
    deadline = time.monotonic() + limit_seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {limit_seconds:.0f} s")
        time.sleep(0.2)


def request(token: str, method: str, url: str, body=None) -> Answer:
    """One request by a separate process that holds only this token."""
    arguments = [sys.executable, str(REPOSITORY / "journeys/step.py"), method, url]
    if body is not None:
        arguments.append(f"@{body}" if isinstance(body, pathlib.Path) else json.dumps(body))
    environment = {"PATH": "/usr/bin:/bin", "HEADGATE_TOKEN": token}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{method} {url}: {done.stderr.strip().splitlines()[-1:]}")
    answer = json.loads(done.stdout)
    return Answer(answer["status"], answer["body"], answer["headers"])


class Installation:
    """One data folder and the server that runs on it."""

    def __init__(self, *flags: str, environment: dict[str, str] | None = None):
        # below /tmp, and open to be passed: as root, Deployments run under users of their own
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="headgate-journey-", dir="/tmp"))
        self.folder.chmod(0o711)
        self.data = self.folder / "data"
        self.log = self.folder / "up.log"
        self.flags = flags
        self.environment = environment or {}
        self.log_start = 0
        self.server: subprocess.Popen | None = None

    def start(self, java_options: str = "") -> None:
        command = [str(REPOSITORY / "headgate"), "up", "--data", str(self.data), *self.ports(), *self.flags]
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        # whoever starts tests in the background may have it ignored, and children inherit that: Ctrl-C would do nothing
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with self.log.open("ab") as log:
            # a session of its own: a signal to its group is what Ctrl-C in a terminal does
            self.server = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ
                # webhooks of journeys are on the loopback
                | {"HEADGATE_JAVA_OPTS": java_options, "HEADGATE_ALERTS_WEBHOOKS_ANYWHERE": "true"}
                | self.environment,
            )
        wait_for("Headgate is ready", READY_LIMIT_SECONDS, self._ready)

    def ports(self) -> list[str]:
        """Free ports the first time, the same ones afterwards."""
        kept = self.folder / "ports"
        if not kept.exists():
            return ["--port", "0", "--gateway-port", "0", "--management-port", "0"]
        port, gateway, management = kept.read_text().split()
        return ["--port", port, "--gateway-port", gateway, "--management-port", management]

    def _ready(self) -> bool:
        if self.server.poll() is not None:
            raise RuntimeError(f"Headgate ended with {self.server.returncode}:\n{self.log.read_text()}")
        if b"Headgate is ready:" not in self.log.read_bytes()[self.log_start :]:
            return False
        state = self.state()
        ports = [state[key].rsplit(":", 1)[1] for key in ("url", "gatewayUrl", "managementUrl")]
        (self.folder / "ports").write_text(" ".join(ports))
        return True

    def state(self) -> dict:
        return json.loads((self.data / "run/headgate.json").read_text())

    def owner_token(self) -> str:
        command = [str(REPOSITORY / "headgate"), "admin", "create-token", "--name", "journey", "--role"]
        command += ["ORGANIZATION_OWNER", "--data", str(self.data)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def verify_audit(self) -> tuple[bool, str]:
        command = [str(REPOSITORY / "headgate"), "admin", "verify-audit", "--data", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr

    def organization_url(self) -> str:
        state = self.state()
        return f"{state['url']}/v1/organizations/{state['organizationId']}"

    def quickstart_url(self) -> str:
        return f"{self.organization_url()}/deployments/{self.state()['quickstartDeploymentId']}"

    def wait_until_healthy(self, owner: str) -> dict:
        def healthy():
            deployment = request(owner, "GET", self.quickstart_url()).json()
            return deployment if deployment["status"] == "HEALTHY" else None

        return wait_for("quickstart is HEALTHY", HEALTHY_LIMIT_SECONDS, healthy)

    def kill(self) -> None:
        """kill -9 of Headgate itself: nothing is cleaned up."""
        os.kill(self.state()["pid"], signal.SIGKILL)
        self.server.wait(STOP_LIMIT_SECONDS)

    def ended_within(self, seconds: float) -> bool:
        """Whether Headgate itself ends by that time, of whatever cause."""
        try:
            self.server.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def interrupt(self) -> int:
        """Ctrl-C: the whole foreground group gets the signal."""
        os.killpg(self.server.pid, signal.SIGINT)
        return self.server.wait(STOP_LIMIT_SECONDS)

    def processes(self, below: str = "") -> list[str]:
        """Command lines of every living process that runs in, or was started for, this data folder or a part of it."""
        needle = (below or str(self.data)).encode()
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                command = (entry / "cmdline").read_bytes()
                environment = (entry / "environ").read_bytes()
                folder = os.readlink(entry / "cwd").encode()
            except OSError:
                continue
            if command and (needle in command or needle in environment or folder.startswith(needle)):
                found.append(command.replace(b"\0", b" ").decode("utf-8", "replace").strip())
        return found

    def deployments_of_processes(self) -> set[str]:
        """Ids of Deployments of this installation for which any process runs."""
        home = re.compile(f"(?:AIRFLOW_HOME|HOME)={re.escape(str(self.data))}/deployments/(c[0-9a-z]{{24}})/".encode())
        found = set()
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and (match := home.search((entry / "environ").read_bytes())):
                    found.add(match.group(1).decode())
            except OSError:
                continue
        return found

    def databases(self) -> int:
        """How many databases the built-in PostgreSQL has, its own and templates included."""
        return len([folder for folder in (self.data / "postgres").rglob("base/*") if folder.name.isdigit()])

    def files_holding(self, text: str) -> list[pathlib.Path]:
        needle = text.encode()
        found = []
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and needle in path.read_bytes():
                found.append(path)
        return found

    def remove(self) -> None:
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(STOP_LIMIT_SECONDS)
        elif self.processes():
            # a journey that failed after a kill -9: the next start takes over what is left, and stops it
            self.start()
            self.interrupt()
        shutil.rmtree(self.folder, ignore_errors=True)
