"""Medians, and a report that says on what they were measured."""

import os
import pathlib
import platform
import statistics
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "journeys"))


def spread(numbers: list[float], unit: str = "s", digits: int = 2) -> str:
    """Median, minimum and maximum; how many."""
    median, least, most = statistics.median(numbers), min(numbers), max(numbers)
    return f"{median:.{digits}f} {unit} ({least:.{digits}f}–{most:.{digits}f}, n={len(numbers)})"


def quartiles(numbers: list[float], unit: str = "ms", digits: int = 0) -> str:
    """Median, both quartiles, minimum and maximum; how many."""
    low, median, high = statistics.quantiles(numbers, n=4)
    least, most = min(numbers), max(numbers)
    return (
        f"{median:.{digits}f} {unit} | {low:.{digits}f}–{high:.{digits}f} | {least:.{digits}f}–{most:.{digits}f} | "
        f"{len(numbers)}"
    )


def machine() -> str:
    commit = subprocess.run(
        ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {gigabytes:.0f} GiB, {platform.system()} {platform.release()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} at the end, commit {commit}"
    )


def write(name: str, lines: list[str]) -> None:
    text = "\n".join([*lines, "", machine(), ""])
    print(text)
    (REPOSITORY / "bench/results" / f"{name}.md").write_text(text)
