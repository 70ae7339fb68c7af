"""The shell steps of docs/automation.md, taken out of the page and run one after the other."""

import pathlib
import re
import subprocess

from installation import REPOSITORY

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
SERVER = "http://localhost:8888"
DESCRIPTION = "Nightly reports"
LIMIT_SECONDS = 900

MINE = """
from airflow.sdk import dag, task

@dag(schedule=None)
def mine():
    @task
    def hello():
        print("hello from a documented pipeline")
    hello()

mine()
"""


class Page:
    def __init__(self, url: str):
        text = (REPOSITORY / "docs/automation.md").read_text()
        self.script = "\n".join(BLOCK.findall(text)).replace(SERVER, url)

    def misspell(self, word: str) -> None:
        wrong = word.replace("S", "Z", 1)
        assert word in self.script and wrong != word
        self.script = self.script.replace(word, wrong)

    def run(self, folder: pathlib.Path, token: str) -> subprocess.CompletedProcess:
        """In a folder that holds what the page says: `dags/` with a DAG `mine`."""
        (folder / "dags").mkdir(parents=True, exist_ok=True)
        (folder / "dags/mine.py").write_text(MINE)
        # what the steps leave goes with the folder
        environment = {"PATH": "/usr/bin:/bin", "ASTRO_API_TOKEN": token, "TMPDIR": str(folder)}
        command = ["sh", "-c", self.script]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS
        )
