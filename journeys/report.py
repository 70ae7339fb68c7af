"""Prints each check as it is made and counts them."""

import sys
import time


class Silent:
    """Where a report goes that is only to be counted."""

    def write(self, _):
        return 0

    def flush(self):
        pass


class Report:
    def __init__(self, out=sys.stdout):
        self.out = out
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.start = time.monotonic()

    def heading(self, text: str) -> None:
        print(f"\n{text}", file=self.out, flush=True)

    def check(self, text: str, good: bool, detail: str = "") -> bool:
        mark = "ok  " if good else "FAIL"
        self.passed += good
        self.failed += not good
        suffix = f"  ({detail})" if detail and not good else ""
        print(f"  {mark} {text}{suffix}", file=self.out, flush=True)
        return good

    def skip(self, text: str, why: str) -> None:
        self.skipped += 1
        print(f"  skip {text}: {why}", file=self.out, flush=True)

    def said(self, text: str) -> None:
        print(f"         {' '.join(text.split())[:180]}", file=self.out, flush=True)

    def status(self, text: str, answer, expected: int) -> bool:
        good = answer.status == expected
        return self.check(f"{answer.status}  {text}", good, f"expected {expected}: {answer.body[:200]}")

    def close(self) -> int:
        seconds = time.monotonic() - self.start
        print(f"\nAfter {seconds:.0f} s:", file=self.out)
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}", file=self.out, flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1
