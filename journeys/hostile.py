"""Archives that must be refused, with the running version untouched and the server's memory flat."""

import pathlib
import time

import bundles
from installation import Installation
from pushing import Pipeline, Refused
from report import Report

# Reading a stream needs buffers, not the stream: the JVM may grow its young generation, not by what is sent.
GROWTH_MAX_MIB = 192


def resident_mib(pid: int) -> int:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    raise RuntimeError(f"no VmRSS of {pid}")


def check_hostile(installation: Installation, value: str, report: Report) -> None:
    report.heading("Hostile archives")
    pipeline = Pipeline(value, installation.quickstart_url())
    folder = installation.folder / "hostile"
    folder.mkdir(exist_ok=True)
    before = pipeline.get().get("dagTarballVersion")
    pid = installation.state()["pid"]
    least = most = resident_mib(pid)
    for what, make in bundles.HOSTILE_ARCHIVES.items():
        archive = make(folder / "hostile.tar.gz")
        started = time.monotonic()
        try:
            pipeline.push(archive)
            report.check(f"{what} is refused", False, "it was taken")
        except Refused as refused:
            seconds = time.monotonic() - started
            report.check(f"{what} is refused in {seconds:.1f} s", refused.answer.status == 400, str(refused))
            report.said(refused.answer.json().get("message", refused.answer.body))
        most = max(most, resident_mib(pid))
    growth = most - least
    report.check(f"the server grew by {growth} MiB, from {least} MiB", growth < GROWTH_MAX_MIB)
    report.check("nothing was written outside", not pathlib.Path("/tmp/headgate-zip-slip").exists())
    report.check("the running version is untouched", pipeline.get().get("dagTarballVersion") == before)
    sound = bundles.archive(folder / "sound.tar.gz", bundles.project("6"))
    pipeline.wait_until_live(pipeline.push(sound))
    report.check("a sound archive is taken all the same", True)
