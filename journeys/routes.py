"""The gateway's table against the Airflow that really runs: same routes, every denied one denied, no trick gets through."""

import csv
import http.client
import json
import urllib.parse

from installation import REPOSITORY, Installation, request
from report import Report

TABLES = REPOSITORY / "src/main/resources/airflow"
METHODS = ("get", "post", "put", "patch", "delete")


def rows(name: str) -> list[dict]:
    lines = [line for line in (TABLES / name).read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def plain(path: str) -> str:
    return path.replace(":path}", "}")


def against_openapi(document: dict, table: list[dict]) -> set[tuple[str, str]]:
    """Routes that one side has and the other has not."""
    live = {
        (method.upper(), path.removeprefix("/api/v2"))
        for path, item in document["paths"].items()
        for method in item
        if method in METHODS
    }
    ruled = {(row["method"], plain(row["path"])) for row in table}
    return live ^ ruled


def check_routes(installation: Installation, owner: str, value: str, airflow: str, report: Report) -> None:
    report.heading("The gateway's table and the Airflow that runs")
    prefix = airflow.removesuffix("/api/v2")
    table = rows("airflow-3.3.2-routes.tsv")
    answer = request(value, "GET", f"{prefix}/openapi.json")
    report.status("reads /openapi.json through the gateway", answer, 200)
    document = answer.json()
    different = against_openapi(document, table)
    report.check(f"all {len(table)} operations have a rule, and no rule is for nothing", not different, str(different))
    control = against_openapi(document, table[1:])
    report.check("a route without a rule would be noticed", len(control) == 1, str(control))

    denied = [(r["method"], f"{airflow}{r['path']}") for r in table if r["permission"] == "deny"]
    for row in rows("airflow-3.3.2-other-routes.tsv"):
        method = "GET" if row["method"] == "*" else row["method"]
        path = row["path"].replace("{_:path}", "anything")
        if row["advice"] == "deny" or row["path"] in ("/docs", "/redoc"):
            # a mount is denied below it as well
            denied.append((method, f"{prefix}{path}{'/anything' if row['method'] == '*' else ''}"))
    answers = [(method, url, request(value, method, url)) for method, url in denied]
    wrong = [(m, u, a.status) for m, u, a in answers if a.status != 403]
    report.check(f"all {len(denied)} denied routes answer 403", not wrong and len(denied) > 10, str(wrong)[:300])
    report.status("control: an allowed route beside them", request(value, "GET", f"{airflow}/version"), 200)
    report.status("a path without a rule", request(value, "GET", f"{airflow}/no-such-thing"), 404)
    tricks(installation, value, airflow, report)


def tricks(installation: Installation, value: str, airflow: str, report: Report) -> None:
    """Each trick with the same request without it, over a raw connection that normalises nothing."""
    report.heading("Tricks, each beside the same request without it")
    url = urllib.parse.urlsplit(airflow)
    bearer = [("Host", url.netloc), ("Authorization", f"Bearer {value}")]

    def ask(path: str, headers: list[tuple[str, str]]) -> int:
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
        try:
            connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
            for name, text in headers:
                connection.putheader(name, text)
            connection.endheaders()
            return connection.getresponse().status
        finally:
            connection.close()

    base = url.path
    cases = [
        ("an encoded slash", f"{base}/dags%2Fhello_headgate", bearer, 400, f"{base}/dags/hello_headgate", bearer),
        ("a dot segment", f"{base}/pools/../dags", bearer, 400, f"{base}/dags", bearer),
        ("an encoded dot segment", f"{base}/pools/%2e%2e/dags", bearer, 400, f"{base}/dags", bearer),
        ("a double slash", f"{base}//dags", bearer, 400, f"{base}/dags", bearer),
        ("two credentials", f"{base}/dags", [*bearer, ("Authorization", f"Bearer {value}")], 400, f"{base}/dags", bearer),
        ("the token in the query", f"{base}/dags?access_token={value}", bearer, 400, f"{base}/dags?limit=1", bearer),
        ("an unknown Host", f"{base}/dags", [("Host", "evil.example"), bearer[1]], 421, f"{base}/dags", bearer),
    ]
    for name, path, headers, expected, plain_path, plain_headers in cases:
        tricked, straight = ask(path, headers), ask(plain_path, plain_headers)
        good = tricked == expected and straight == 200
        report.check(f"{tricked}  {name}; without it {straight}", good, f"expected {expected} and 200")
