"""What a server has acknowledged, kept by a process that outlives it."""

import json
import pathlib
import urllib.error
import urllib.request

LIMIT_SECONDS = 120
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Unanswered(Exception):
    """The server died before it answered: what was asked may have happened or not."""


def ask(value: str, method: str, url: str, body=None) -> tuple[int, dict, dict]:
    """Status, body and headers; Unanswered if there is no answer or only a part of one."""
    headers = {"Authorization": f"Bearer {value}"} if value else {}
    data = None
    if isinstance(body, bytes):
        data = body
        headers |= {"Content-Type": "application/octet-stream", "x-ms-blob-type": "BlockBlob"}
    elif body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    try:
        try:
            with OPENER.open(
                urllib.request.Request(url, data=data, method=method, headers=headers), timeout=LIMIT_SECONDS
            ) as answer:
                status, text, received = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as refusal:
            status, text, received = refusal.code, refusal.read(), refusal.headers
        parsed = json.loads(text) if text.startswith(b"{") else {}
    except (OSError, ValueError, urllib.error.URLError, EOFError) as failure:
        raise Unanswered(f"{method} {url}: {failure}") from failure
    except Exception as failure:  # http.client has exceptions of its own for half an answer
        if type(failure).__module__ == "http.client":
            raise Unanswered(f"{method} {url}: {failure}") from failure
        raise
    return status, parsed, {name.lower(): text for name, text in received.items()}


class Ledger:
    """Acknowledged facts, written down before the next request is made.

    Each fact has a name and the set of values it may have: one after an acknowledgement, two while a request that
    would change it has not been answered.
    """

    def __init__(self, file: pathlib.Path):
        self.file = file
        self.facts: dict[str, list] = {}
        self.before: dict[str, list] = {}

    def acknowledged(self, fact: str, value) -> None:
        self.facts[fact] = [value]
        self.before.pop(fact, None)
        self._write()

    def asked(self, fact: str, value) -> None:
        """It may have the new value from now on; an acknowledgement or a refusal decides."""
        self.before[fact] = list(self.facts.get(fact, [None]))
        self.facts[fact] = [*self.before[fact], value]
        self._write()

    def refused(self, fact: str) -> None:
        self.facts[fact] = self.before.pop(fact)
        self._write()

    def allows(self, fact: str, value) -> bool:
        return value in self.facts[fact]

    def undecided(self, fact: str) -> bool:
        return len(self.facts[fact]) > 1

    def starting_with(self, prefix: str) -> dict[str, list]:
        return {fact: values for fact, values in self.facts.items() if fact.startswith(prefix)}

    def _write(self) -> None:
        self.file.write_text(json.dumps(self.facts, indent=1))
