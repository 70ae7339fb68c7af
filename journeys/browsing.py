"""Airflow's own pages in a real browser: what somebody does there who is signed in, and what others get.

The tests are `AirflowInABrowserTest` (Playwright for Java); here they are given a Headgate with real Airflow, and each of them is a
line of the report. `./headgate test` does this on the installation of all journeys; run by itself, it starts one of its own.
"""

import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from demo import Journey
from installation import HEALTHY_LIMIT_SECONDS, REPOSITORY, Installation, request, wait_for
from report import Report

TESTS = "AirflowInABrowserTest"
LIMIT_SECONDS = 1800
EMAIL = "ada@example.com"
PASSWORD = "seven quiet rivers at dawn"
OWNER = {"HEADGATE_OWNER_EMAIL": EMAIL, "HEADGATE_OWNER_PASSWORD": PASSWORD}


def check_browsing(installation: Installation, owner: str, report: Report) -> list[str]:
    """Needs an installation that was started with `OWNER`, and no other code in quickstart than it began with."""
    report.heading("Airflow's own pages in a real browser")
    if not (REPOSITORY / f"target/test-classes/io/headgate/browser/{TESTS}.class").exists():
        report.check("the tests are compiled (./headgate test fast does it)", False)
        return []
    deployment = installation.wait_until_healthy(owner)
    sibling = running_sibling(installation, owner, report, deployment["workspaceId"])
    token, sibling_token = (deployment_token(installation, owner, one["id"]) for one in (deployment, sibling))
    state = installation.state()
    journey = {
        "JOURNEY_URL": state["url"],
        "JOURNEY_GATEWAY_URL": state["gatewayUrl"],
        "JOURNEY_EMAIL": EMAIL,
        "JOURNEY_PASSWORD": PASSWORD,
        "JOURNEY_DEPLOYMENT": deployment["id"],
        "JOURNEY_NAMESPACE": deployment["namespace"],
        "JOURNEY_TOKEN": token,
        "JOURNEY_SIBLING": sibling["id"],
        "JOURNEY_SIBLING_TOKEN": sibling_token,
    }
    count(report, *run_tests(journey))
    return [token, sibling_token]


def running_sibling(installation: Installation, owner: str, report: Report, workspace: str) -> dict:
    made = Journey(installation, owner, report).sibling(workspace)
    url = f"{installation.organization_url()}/deployments/{made['id']}"

    def healthy():
        found = request(owner, "GET", url).json()
        return found if found["status"] == "HEALTHY" else None

    return wait_for("sibling is HEALTHY", HEALTHY_LIMIT_SECONDS, healthy)


def deployment_token(installation: Installation, owner: str, deployment: str) -> str:
    body = {"name": "browsing", "scope": "DEPLOYMENT", "entityId": deployment, "tokenExpiryPeriodInDays": 1}
    return request(owner, "POST", f"{installation.organization_url()}/tokens", body).json()["token"]


def run_tests(journey: dict[str, str]) -> tuple[pathlib.Path, str]:
    """The tests in a process of their own; gives Surefire's report, which is gone before, and what Maven printed."""
    results = REPOSITORY / f"target/surefire-reports/TEST-io.headgate.browser.{TESTS}.xml"
    results.unlink(missing_ok=True)
    command = [str(REPOSITORY / "scripts/maven"), "surefire:test", f"-Dtest={TESTS}"]
    command += ["-Dtests.included=real-airflow-browser", "-Dtests.excluded="]
    done = subprocess.run(
        command,
        env=os.environ | journey,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )
    return results, done.stdout


def count(report: Report, results: pathlib.Path, printed: str) -> None:
    cases = list(ElementTree.parse(results).getroot().iter("testcase")) if results.exists() else []
    before = report.failed
    for case in cases:
        # the name of a method is a sentence
        sentence = re.sub(r"(?<!^)(?=[A-Z])", " ", case.get("name", "").split("(")[0]).capitalize() or TESTS
        skipped = case.find("skipped")
        wrong = next((found for found in case if found.tag in ("failure", "error")), None)
        if skipped is not None:
            report.skip(sentence, skipped.get("message", ""))
        else:
            why = "" if wrong is None else " ".join((wrong.get("message") or wrong.text or "").split())[:300]
            report.check(sentence, wrong is None, why)
    if not cases:
        report.check("the tests run", False)
    if report.failed > before:
        # no line of it may look like one that sums up tests: this report does that
        print("\n".join(f"    | {line}" for line in printed.splitlines()[-120:]), file=sys.stderr)
    elif any(case.find("skipped") is None for case in cases):
        report.said("pictures: target/screenshots/airflow-dags.png, airflow-run.png, airflow-log.png")


def main() -> int:
    report = Report()
    installation = Installation("--allow-shared-user", environment=OWNER)
    try:
        installation.start()
        owner = installation.owner_token()
        check_browsing(installation, owner, report)
    except (TimeoutError, RuntimeError, KeyError, ValueError, subprocess.TimeoutExpired) as failure:
        report.check(f"{type(failure).__name__}: {failure}", False)
        print(installation.log.read_text()[-4000:], file=sys.stderr)
    finally:
        installation.remove()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
