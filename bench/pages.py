"""What the browser itself says of the token list: first paint and interactions, beside the same answers sent from memory."""

import collections
import csv
import os
import statistics
import subprocess
import sys
import time

from figures import REPOSITORY, quartiles, write

import browsing  # isort: skip
from installation import Installation  # isort: skip
from ledger import ask  # isort: skip

MEASUREMENT = "TokenListMeasurement"
TOKENS = 30
LIMIT_SECONDS = 900


def make_tokens(installation: Installation, owner: str, deployment: str) -> None:
    """As fast as one token may make others."""
    for number in range(TOKENS):
        body = {"name": f"pipeline {number}", "scope": "DEPLOYMENT", "entityId": deployment}
        while (answer := ask(owner, "POST", f"{installation.organization_url()}/tokens", body))[0] == 429:
            time.sleep(1)
        if answer[0] != 200:
            raise RuntimeError(f"cannot make a token: {answer[0]}")


def measure(installation: Installation, deployment: str) -> dict[str, dict[str, list[float]]]:
    """Milliseconds by page and figure."""
    figures = installation.folder / "figures.csv"
    journey = dict.fromkeys(("NAMESPACE", "TOKEN", "SIBLING", "SIBLING_TOKEN"), "")
    journey |= {"URL": installation.state()["url"], "GATEWAY_URL": installation.state()["gatewayUrl"]}
    journey |= {"EMAIL": browsing.EMAIL, "PASSWORD": browsing.PASSWORD, "DEPLOYMENT": deployment, "FIGURES": str(figures)}
    environment = os.environ | {f"JOURNEY_{name}": value for name, value in journey.items()}
    command = [str(REPOSITORY / "scripts/maven"), "surefire:test", f"-Dtest={MEASUREMENT}"]
    subprocess.run(command, env=environment, check=True, timeout=LIMIT_SECONDS)
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    with figures.open(newline="") as lines:
        for row in csv.DictReader(lines):
            page = row.pop("page")
            for name, value in row.items():
                if value:
                    found[page][name].append(float(value))
    return found


def ratio(found, name: str) -> str:
    """Round by round, since a machine is not the same from one minute to the next."""
    ratios = [ours / theirs for ours, theirs in zip(found["headgate"][name], found["recorded"][name]) if theirs]
    return quartiles(ratios, "", 2) if len(ratios) > 1 else "– | – | – | 0"


def main() -> int:
    if not (REPOSITORY / f"target/test-classes/io/headgate/browser/{MEASUREMENT}.class").exists():
        print("bench pages needs compiled tests: ./headgate test fast makes them", file=sys.stderr)
        return 1
    installation = Installation("--allow-shared-user", environment=browsing.OWNER)
    try:
        installation.start()
        owner = installation.owner_token()
        deployment = installation.wait_until_healthy(owner)["id"]
        make_tokens(installation, owner, deployment)
        found = measure(installation, deployment)
    finally:
        installation.remove()
    ours, recorded, smallest = found["headgate"], found["recorded"], found["smallest"]
    write(
        "pages",
        [
            "# The token list in a browser",
            "",
            "Chromium without a GPU, 1280 by 800, on the machine of the server, which has answered the page 300 times before and",
            f"runs one idle Airflow. 20 rows of {TOKENS} tokens. Each round opens each page in a context of its own, so with an empty",
            "cache, one after the other. *From memory*: the very same answers, recorded before, from a server that does nothing but",
            "send them. All times are the browser's own: paint is `first-contentful-paint`; an interaction lasts from the press to the",
            "next frame (Event Timing, steps of 8 ms, below 16 ms counted as 0); the dialog is there when the frame with it is painted.",
            "",
            "| | median | quartiles | minimum–maximum | n |",
            "|---|---|---|---|---|",
            f"| first paint, Headgate | {quartiles(ours['paint'])} |",
            f"| first paint, from memory | {quartiles(recorded['paint'])} |",
            f"| first paint, Headgate's smallest page (`/sign-in`) | {quartiles(smallest['paint'])} |",
            f"| first paint, Headgate / from memory | {ratio(found, 'paint')} |",
            f"| press until the dialog is there, Headgate | {quartiles(ours['dialog'])} |",
            f"| press until the dialog is there, from memory | {quartiles(recorded['dialog'])} |",
            f"| press until the dialog is there, Headgate / from memory | {ratio(found, 'dialog')} |",
            f"| slowest interaction of opening the dialog, Headgate | {quartiles(ours['press'])} |",
            f"| slowest interaction of opening the dialog, from memory | {quartiles(recorded['press'])} |",
            f"| slowest interaction of typing in the search, Headgate | {quartiles(ours['typing'])} |",
            f"| slowest interaction of typing in the search, from memory | {quartiles(recorded['typing'])} |",
        ],
    )
    print(f"median first paint: {statistics.median(ours['paint']):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
