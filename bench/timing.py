"""Whether time tells what an answer does not: foreign, deleted and never issued, at API and gateway.

Each question is asked beside one of the same kind about something that never was, in turns, on one connection. Every
comparison is done once more with 50 µs spent on one side before the request goes out; if that is not seen, the
measurement was too coarse to say anything, and the run fails.
"""

import json
import os
import random
import re
import socket
import sys
import time
import urllib.parse

from figures import write

from difference import Difference, median_difference  # isort: skip
from installation import Installation  # isort: skip
from ledger import ask  # isort: skip

PAIRS = int(os.environ.get("PAIRS", "10000"))
WARM_UP = 2000
PLANTED_NS = 50_000
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"


class Connection:
    """One kept connection, on which nothing but the exchange itself happens between two readings of the clock."""

    def __init__(self, url: str):
        parts = urllib.parse.urlsplit(url)
        self.host = parts.netloc
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(self, token: str, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()

    def exchange(self, request: bytes, delay_ns: int = 0) -> tuple[float, bytes]:
        """Microseconds, and the answer."""
        start = time.perf_counter_ns()
        while delay_ns and time.perf_counter_ns() - start < delay_ns:
            pass
        self.socket.sendall(request)
        answer = self.socket.recv(65536)
        while not complete(answer):
            piece = self.socket.recv(65536)
            if not piece:
                raise RuntimeError("the server closed the connection")
            answer += piece
        return (time.perf_counter_ns() - start) / 1000, answer


def complete(answer: bytes) -> bool:
    head, separator, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return bool(separator) and length is not None and len(body) >= int(length.group(1))


def shape(answer: bytes, names: list[str]) -> tuple:
    """Status, headers and body, without what is different in every answer and without the name that was asked for."""
    head, _, body = answer.decode().partition("\r\n\r\n")
    lines = [line for line in head.split("\r\n") if not line.lower().startswith(("x-request-id:", "date:"))]
    parsed = json.loads(body)
    parsed.pop("requestId", None)
    text = json.dumps(parsed)
    for name in names:
        text = text.replace(name, "NAME")
    return tuple(lines), text


def measure(connection: Connection, first: bytes, second: bytes, delay_ns: int = 0) -> tuple[Difference, float]:
    order = random.Random(1)
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(WARM_UP // 10 + PAIRS):
        sides = [0, 1] if order.random() < 0.5 else [1, 0]
        for side in sides:
            taken, _ = connection.exchange((first, second)[side], delay_ns if side == 0 else 0)
            if number >= WARM_UP // 10:
                times[side].append(taken)
    return median_difference(*times), sorted(times[1])[len(times[1]) // 2]


def other(text: str, alphabet: str, seed: int) -> str:
    """As long, of the same characters, never issued."""
    draws = random.Random(seed)
    return "".join(draws.choice(alphabet) if character in alphabet else character for character in text)


class World:
    def __init__(self, installation: Installation):
        self.installation = installation
        self.owner = installation.owner_token()
        self.organization = installation.organization_url()
        own = ask(self.owner, "GET", f"{self.organization}/workspaces")[1]["workspaces"][0]["id"]
        foreign = self.make("workspaces", {"name": "foreign"})["id"]
        self.own = self.deployment("own", own)
        self.foreign = self.deployment("foreign", foreign)
        self.deleted = self.deployment("deleted", own)
        self.others = {
            "workspaces": foreign,
            "tokens": self.new_token("foreign", self.foreign)["id"],
        }
        status, _, _ = ask(self.owner, "DELETE", f"{self.organization}/deployments/{self.deleted['id']}")
        if status >= 300:
            raise RuntimeError(f"delete: {status}")
        self.token = self.new_token("asks")["token"]
        rotated = self.new_token("rotated")
        self.retired = rotated["token"]
        ask(self.owner, "POST", f"{self.organization}/tokens/{rotated['id']}/rotate")
        ended = self.new_token("ended")
        self.ended = ended["token"]
        ask(self.owner, "DELETE", f"{self.organization}/tokens/{ended['id']}")
        # read into memory every few seconds
        time.sleep(15)

    def make(self, kind: str, body: dict) -> dict:
        status, answer, _ = ask(self.owner, "POST", f"{self.organization}/{kind}", body)
        if status >= 300:
            raise RuntimeError(f"{kind}: {status} {answer}")
        return answer

    def deployment(self, name: str, workspace: str) -> dict:
        return self.make("deployments", {"name": name, "workspaceId": workspace})

    def new_token(self, name: str, deployment: dict | None = None) -> dict:
        entity = (deployment or self.own)["id"]
        return self.make("tokens", {"name": name, "scope": "DEPLOYMENT", "entityId": entity})

    def comparisons(self) -> list[tuple[str, str, str, str, str, str]]:
        """Edge, what is compared, and token and path of either side."""
        organization = urllib.parse.urlsplit(self.organization).path
        path = f"{organization}/deployments/"
        found = []
        for kind, id in self.others.items():
            never = f"{organization}/{kind}/c{other(id[1:], LETTERS, 3)}"
            found.append(("API", f"404: foreign, {kind}", self.token, f"{organization}/{kind}/{id}", self.token, never))
        for name, deployment in [("foreign", self.foreign), ("deleted", self.deleted)]:
            never = "c" + other(deployment["id"][1:], LETTERS, 3)
            found.append(("API", f"404: {name}, deployments", self.token, path + deployment["id"], self.token, path + never))
            namespace = deployment["namespace"]
            never = other(namespace, DIGITS, 4)
            rest = "/api/v2/dags"
            found.append(
                ("gateway", f"404: {name}", self.token, f"/{namespace}{rest}", self.token, f"/{never}{rest}")
            )
        for name, value in [("rotated", self.retired), ("deleted", self.ended)]:
            never = value[:-20] + other(value[-20:], LETTERS, 5)
            found.append(("API", f"401: {name}", value, path + self.own["id"], never, path + self.own["id"]))
            own = f"/{self.own['namespace']}/api/v2/dags"
            found.append(("gateway", f"401: {name}", value, own, never, own))
        return found


def text(difference: Difference) -> str:
    return f"{difference.median:+.1f} ({difference.low:+.1f} to {difference.high:+.1f})"


def main() -> int:
    # the limits of requests would answer instead, and no Airflow is needed to be refused
    os.environ["HEADGATE_REQUEST_LIMITS"] = "false"
    installation = Installation("--no-quickstart")
    rows, missed, unequal = [], [], []
    try:
        installation.start()
        world = World(installation)
        state = installation.state()
        for edge, name, first_token, first_path, second_token, second_path in world.comparisons():
            connection = Connection(state["url"] if edge == "API" else state["gatewayUrl"])
            first = connection.request(first_token, first_path)
            second = connection.request(second_token, second_path)
            names = [part for path in (first_path, second_path) for part in path.split("/") if len(part) > 8]
            answers = [shape(connection.exchange(request)[1], names) for request in (first, second)]
            if answers[0] != answers[1] or f" {name[:3]} " not in answers[0][0][0]:
                unequal.append(f"{edge} {name}: {answers}")
            for _ in range(WARM_UP):
                connection.exchange(first)
                connection.exchange(second)
            difference, median = measure(connection, first, second)
            planted, _ = measure(connection, first, second, PLANTED_NS)
            if planted.low <= 0 or planted.high < PLANTED_NS / 2000:
                missed.append(f"{edge} {name}: {text(planted)}")
            rows.append(f"| {edge} | {name} | {median:.0f} | {text(difference)} | {text(planted)} |")
            print(rows[-1], flush=True)
    finally:
        installation.remove()
    write(
        "timing",
        [
            "# Whether time tells what an answer does not",
            "",
            f"Each question beside one about something that never was issued: {PAIRS} pairs in random order on one kept",
            "connection. Difference of medians in µs with its 99 % interval; beside it the same with 50 µs planted.",
            "",
            "| edge | answer and what it is about | median, µs | difference, µs | with 50 µs planted |",
            "|---|---|---|---|---|",
            *rows,
        ],
    )
    for complaint in [f"not the same answer: {line}" for line in unequal] + [f"not seen: {line}" for line in missed]:
        print(complaint, file=sys.stderr)
    return 1 if unequal or missed else 0


if __name__ == "__main__":
    sys.exit(main())
