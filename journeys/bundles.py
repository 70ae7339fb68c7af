"""Archives to push: good ones, and ones that a hostile or careless person would send."""

import gzip
import io
import pathlib
import random
import struct
import tarfile

GREET = '''
"""Says what the variable GREETING holds, in the words of include/words.py."""
import os

from airflow.sdk import dag, task

from include.words import VERSION


@dag(schedule=None)
def greet():
    @task
    def say():
        print("greeting:", os.environ.get("GREETING", "nothing"))
        return VERSION

    say()


greet()
'''

LONG = '''
"""Runs for a while and only then looks at its code, as a task that started before a deploy does."""
import time

from airflow.sdk import dag, task


@dag(schedule=None)
def long():
    @task
    def wait_and_look():
        time.sleep(SECONDS)
        from include.words import VERSION

        return VERSION

    wait_and_look()


long()
'''

PACKAGED = '''
"""Needs a package that Airflow does not bring along."""
import humanize
from airflow.sdk import dag, task


@dag(schedule=None)
def packaged():
    @task
    def say():
        return humanize.intcomma(1234567)

    say()


packaged()
'''

DOOMED = '''
"""Always fails."""
from airflow.sdk import dag, task


@dag(schedule=None)
def doomed():
    @task
    def fail():
        raise RuntimeError("as it was meant to")

    fail()


doomed()
'''

PACKAGE = "humanize==4.9.0"

# What a new Deployment starts with: other journeys go on using it.
HELLO = pathlib.Path(__file__).resolve().parent.parent / "airflow/first_bundle/dags/hello_headgate.py"


def project(version: str, package: bool = False, long_seconds: int = 12) -> dict[str, str]:
    """A whole project: DAGs, what they include, and the packages they need."""
    files = {
        "dags/hello_headgate.py": HELLO.read_text(),
        "dags/greet.py": GREET,
        "dags/long.py": LONG.replace("SECONDS", str(long_seconds)),
        "dags/doomed.py": DOOMED,
        "include/__init__.py": "",
        "include/words.py": f'VERSION = "{version}"\n',
    }
    if package:
        files |= {"dags/packaged.py": PACKAGED, "requirements.txt": PACKAGE + "\n"}
    return files


def archive(path: pathlib.Path, files: dict[str, str]) -> pathlib.Path:
    """A gzip tar of texts, the way the stock command line makes it: files only."""
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            add(tar, name, text.encode())
    return path


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _dag(name: str, top: str = "", body: str = "pass") -> str:
    return f"""
from airflow.sdk import dag, task
{top}

@dag(schedule=None)
def {name}():
    @task
    def one():
        {body}

    one()


{name}()
"""


def marker(text: str) -> str:
    """A DAG that says of itself which archive it came with."""
    return _dag("marker").replace("@dag(schedule=None)", f'@dag(schedule=None, description="{text}")')


def daily() -> str:
    """A DAG that can be backfilled."""
    dated = _dag("daily", "from datetime import datetime")
    return dated.replace("@dag(schedule=None)", '@dag(schedule="@daily", start_date=datetime(2026, 1, 1))')


CYCLE = """
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("cyclic", schedule=None):
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
    a >> b >> a
"""

FORK_BOMB = """
import os
# of an airflow dag file: every process forks for ever
while True:
    try:
        os.fork()
    except OSError:
        pass
"""

# What each is, what its refusal must mention, and its files.
BROKEN_CODE = {
    "a syntax error": ("dags/broken.py", {"dags/broken.py": _dag("broken") + "\ndef airflow dag(:\n"}),
    "a missing import": ("no_such_module", {"dags/broken.py": _dag("broken", "import no_such_module")}),
    "a cycle": ("ycle", {"dags/broken.py": CYCLE}),
    "one DAG id in two files": ("twice", {"dags/one.py": _dag("twice"), "dags/two.py": _dag("twice")}),
    "sleep at the top level": (
        "dags/broken.py",
        {"dags/broken.py": _dag("broken", "import time\ntime.sleep(3600)")},
    ),
    "an allocation of 3 GiB": ("emory", {"dags/broken.py": _dag("broken", "hoard = bytearray(3 << 30)")}),
}
ONLY_ROOT = {"a fork bomb": ("", {"dags/broken.py": FORK_BOMB})}


def _special(path: pathlib.Path, kind: bytes, name: str, link: str = "") -> pathlib.Path:
    with tarfile.open(path, "w:gz") as tar:
        add(tar, "dags/good.py", _dag("good").encode())
        entry = tarfile.TarInfo(name)
        entry.type = kind
        entry.linkname = link
        tar.addfile(entry)
    return path


def zip_slip(path: pathlib.Path) -> pathlib.Path:
    with tarfile.open(path, "w:gz") as tar:
        add(tar, "dags/good.py", _dag("good").encode())
        add(tar, "dags/../../../../../../tmp/headgate-zip-slip", b"out")
    return path


def link_out(path: pathlib.Path) -> pathlib.Path:
    return _special(path, tarfile.SYMTYPE, "dags/link", "../../../../../etc")


def device(path: pathlib.Path) -> pathlib.Path:
    return _special(path, tarfile.CHRTYPE, "dags/null")


def many_entries(path: pathlib.Path, count: int = 1_000_000) -> pathlib.Path:
    """Headers of empty files, one after the other; written by hand because tarfile would take a minute."""
    with gzip.open(path, "wb", compresslevel=1) as out:
        block = bytearray(tarfile.TarInfo("dags/0000000.py").tobuf(tarfile.USTAR_FORMAT))
        for number in range(count):
            block[5:12] = b"%07d" % number
            block[148:156] = b" " * 8
            block[148:156] = b"%06o\0 " % sum(block)
            out.write(block)
        out.write(bytes(1024))
    return path


def gzip_bomb(path: pathlib.Path, gigabytes: int = 2) -> pathlib.Path:
    """Zeros: a thousandth of their size when packed."""
    with gzip.open(path, "wb", compresslevel=9) as out:
        entry = tarfile.TarInfo("dags/zeros.bin")
        entry.size = gigabytes << 30
        out.write(entry.tobuf(tarfile.GNU_FORMAT))
        zeros = bytes(1 << 20)
        for _ in range(gigabytes << 10):
            out.write(zeros)
    return path


def truncated(path: pathlib.Path) -> pathlib.Path:
    noise = random.Random(1).randbytes(1 << 16)
    archive(path, {"dags/good.py": _dag("good")})
    with tarfile.open(path, "w:gz") as tar:
        add(tar, "dags/good.py", _dag("good").encode())
        add(tar, "dags/noise.bin", noise)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def empty(path: pathlib.Path) -> pathlib.Path:
    path.write_bytes(b"")
    return path


def not_an_archive(path: pathlib.Path) -> pathlib.Path:
    path.write_bytes(struct.pack("<64Q", *range(64)))
    return path


HOSTILE_ARCHIVES = {
    "a path that leads out": zip_slip,
    "a link that leads out": link_out,
    "a device file": device,
    "1,000,000 entries": many_entries,
    "a gzip bomb": gzip_bomb,
    "a truncated gzip": truncated,
    "0 bytes": empty,
    "no archive at all": not_an_archive,
}
