"""
``python -m headgate_airflow.validate ARCHIVE RESULT PROGRESS``: would Airflow take these DAGs?

Imports every DAG file of an unpacked archive as the dag-processor would: same choice of files, same import paths, same
limit for one file. What it finds goes to the file RESULT as JSON, since standard output belongs to the code that is
imported; the file PROGRESS names the file being imported, for when this process does not live to say so itself. Both
exist already: their folder need not be writable.

User code runs in this process and could write RESULT itself. That harms only its own Deployment; whoever reads RESULT
takes it for what it is, words of a stranger.
"""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

from headgate_airflow import archive_root

# The reader takes secrets out before it cuts further.
MESSAGE_MAX = 4000
FINDINGS_MAX = 200

_LAST_LINE = re.compile(r'^  File "(.+)", line (\d+)', re.MULTILINE)


class Findings:
    """What was found; files are named by their path within the archive."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.dag_ids: set[str] = set()
        self.errors: list[dict] = []
        self.warnings: list[dict] = []

    def relative(self, file: str) -> str | None:
        """Return the path within the archive of a file that is in it."""
        file = os.path.abspath(file)
        return os.path.relpath(file, self._root) if file.startswith(self._root + os.sep) else None

    def add(self, found: list[dict], file: str, line: int | None, message: str) -> None:
        # Where the archive lies during validation is nobody's business, and will not be where it is later.
        message = " ".join(message.replace(self._root + os.sep, "").split())
        if len(message) > MESSAGE_MAX:
            message = message[: MESSAGE_MAX - 1] + "…"
        entry = {"file": file, "line": line, "message": message}
        if entry not in found:
            found.append(entry)

    def error(self, file: str, line: int | None, message: str) -> None:
        self.add(self.errors, file, line, message)

    def warning(self, file: str, line: int | None, message: str) -> None:
        self.add(self.warnings, file, line, message)

    def place(self, error: BaseException) -> tuple[str, int] | None:
        """Return where in the archive an exception comes from: the innermost line that is not of a library."""
        if isinstance(error, SyntaxError) and error.filename and error.lineno:
            file = self.relative(error.filename)
            if file:
                return file, error.lineno
        found = None
        trace = error.__traceback__
        while trace is not None:
            file = self.relative(trace.tb_frame.f_code.co_filename)
            if file:
                found = file, trace.tb_lineno
            trace = trace.tb_next
        return found

    def to_json(self) -> str:
        return json.dumps(
            {
                "dagIds": sorted(self.dag_ids),
                "errors": _first(self.errors),
                "warnings": _first(self.warnings),
            }
        )


def _first(found: list[dict]) -> list[dict]:
    if len(found) <= FINDINGS_MAX:
        return found
    more = len(found) - FINDINGS_MAX + 1
    return [*found[: FINDINGS_MAX - 1], {"file": "", "line": None, "message": f"… and {more} more like these"}]


class Reads:
    """
    Notes the Variables and Connections that a file asks for while it is imported and that are not there.

    Airflow's database is out of reach here, so what is only there is missing here. Those in the environment are found.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.missing: list[tuple[str, str, int]] = []

    def watch(self) -> None:
        from airflow.models.connection import Connection
        from airflow.models.variable import Variable
        from airflow.sdk.execution_time import context

        context._get_variable = self._noting("Variable", context._get_variable)
        context._get_connection = self._noting("Connection", context._get_connection)
        # What the older classes of the same names call.
        Variable.get_variable_from_secrets = staticmethod(
            self._noting("Variable", Variable.get_variable_from_secrets)
        )
        Connection.get_connection_from_secrets = self._noting("Connection", Connection.get_connection_from_secrets)

    def _noting(self, kind: str, read):
        def noting(*args, **kwargs):
            try:
                value = read(*args, **kwargs)
            except Exception as e:
                if is_missing(e):
                    self._note(kind, args, kwargs)
                raise
            if value is None:
                self._note(kind, args, kwargs)
            return value

        return noting

    def _note(self, kind: str, args, kwargs) -> None:
        name = next(iter((*args, *kwargs.values())), "?")
        frame = sys._getframe(1)
        while frame is not None:
            file = self._findings.relative(frame.f_code.co_filename)
            if file:
                self.missing.append((f"{kind} '{name}'", file, frame.f_lineno))
                return
            frame = frame.f_back


def is_missing(error: BaseException | None) -> bool:
    """Whether Airflow says that a Variable or Connection does not exist, itself or as reason of another exception."""
    from airflow.exceptions import AirflowNotFoundException
    from airflow.sdk.exceptions import AirflowRuntimeError, ErrorType

    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, AirflowNotFoundException):
            return True
        if isinstance(error, AirflowRuntimeError) and error.error.error in (
            ErrorType.VARIABLE_NOT_FOUND,
            ErrorType.CONNECTION_NOT_FOUND,
        ):
            return True
        if isinstance(error, KeyError) and re.fullmatch(r"'Variable .* does not exist\.?'", str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


def words(error: BaseException) -> str:
    """Say an exception in one sentence; for a limit that was hit, say the limit."""
    from airflow.sdk.exceptions import AirflowTaskTimeout

    name = type(error).__name__
    if isinstance(error, SyntaxError):
        return f"{name}: {error.msg}"
    if isinstance(error, MemoryError):
        return f"needs more memory than is allowed during validation ({_amount(resource.RLIMIT_AS)})"
    if isinstance(error, BlockingIOError) and error.errno == errno.EAGAIN:
        return f"{name}: {error}: more processes or threads than are allowed during validation"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return f"writes a larger file than is allowed during validation ({_amount(resource.RLIMIT_FSIZE)})"
    if isinstance(error, OSError) and error.errno == errno.EMFILE:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return f"opens more files than are allowed during validation ({most})"
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return "starts more threads or processes, or takes more memory for them, than are allowed during validation"
    if isinstance(error, AirflowTaskTimeout):
        return "importing it takes longer than Airflow allows" + _seconds()
    if isinstance(error, SystemExit):
        return f"{name}: the file ends the process that imports it"
    text = str(error)
    return f"{name}: {text}" if text else name


def _amount(limit: int) -> str:
    most = resource.getrlimit(limit)[0]
    return "without limit" if most == resource.RLIM_INFINITY else f"{most // (1024 * 1024)} MiB"


def _seconds() -> str:
    from airflow.configuration import conf

    return f" ({conf.getfloat('core', 'dagbag_import_timeout'):g} s, [core] dagbag_import_timeout)"


def cycle(dag) -> list[str]:
    """Return the task ids of a cycle in order, the first one again at the end; empty if there is none."""
    done: set[str] = set()
    for start in dag.task_dict:
        path: list[str] = []
        waiting: list[tuple[str, int]] = [(start, 0)]
        while waiting:
            task, depth = waiting.pop()
            del path[depth:]
            if task in path:
                return [*path[path.index(task) :], task]
            if task in done:
                continue
            done.add(task)
            path.append(task)
            waiting.extend((after, depth + 1) for after in sorted(dag.task_dict[task].get_direct_relative_ids()))
    return []


def validate(archive: str, progress) -> Findings:
    """Import all DAG files below ``archive``, calling ``progress`` with each before its turn."""
    root = os.path.abspath(archive)
    findings = Findings(root)
    archive_root.finder.watch(os.path.dirname(root))
    dags = os.path.join(root, archive_root.DAGS_FOLDER)
    if not os.path.isdir(dags):
        dags = root
    from airflow.configuration import conf
    from airflow.dag_processing.dagbag import BundleDagBag
    from airflow.dag_processing.importers import get_importer_registry
    from airflow.exceptions import AirflowDagDuplicatedIdException
    from airflow.serialization.serialized_objects import DagSerialization

    raised: dict[str, BaseException] = {}
    exec_module = SourceFileLoader.exec_module

    def noting_exec_module(loader, module):
        # The one place where a file's exception can be had as an object; Airflow keeps two lines of text.
        try:
            exec_module(loader, module)
        except BaseException as e:
            raised[loader.path] = e
            raise

    class Bag(BundleDagBag):
        def bag_dag(self, dag) -> None:
            file = findings.relative(dag.fileloc) or dag.fileloc
            try:
                around = cycle(dag)
                if around:
                    findings.error(file, None, f"DAG '{dag.dag_id}' has a cycle: {' >> '.join(around)}")
                    return
                before = self.dags.get(dag.dag_id)
                super().bag_dag(dag)
                DagSerialization.to_dict(dag)
                if before is not None and before is not dag:
                    findings.warning(file, None, f"DAG id '{dag.dag_id}' is used twice in this file; one is ignored")
                findings.dag_ids.add(dag.dag_id)
            except AirflowDagDuplicatedIdException as e:
                other = findings.relative(e.existing) or e.existing
                findings.error(file, None, f"DAG id '{dag.dag_id}' is used by {other} already")
            except Exception as e:
                findings.error(*(findings.place(e) or (file, None)), f"DAG '{dag.dag_id}': {words(e)}")
                raise

    safe_mode = conf.getboolean("core", "dag_discovery_safe_mode")
    bag = Bag(dag_folder=dags, bundle_path=Path(dags), bundle_name="dags", collect_dags=False)
    reads = Reads(findings)
    reads.watch()
    SourceFileLoader.exec_module = noting_exec_module
    me = os.getpid()
    for path in sorted(get_importer_registry().list_dag_files(dags, safe_mode=safe_mode)):
        file = findings.relative(path) or path
        progress(file)
        raised.clear()
        reads.missing.clear()
        known = len(findings.errors)
        bag.import_errors.clear()
        try:
            bag.process_file(path, only_if_updated=False, safe_mode=safe_mode)
        except BaseException as e:
            if os.getpid() != me:
                os._exit(1)
            raised[path] = e
            bag.import_errors[file] = words(e)
        if os.getpid() != me:
            os._exit(1)  # a child that the file made by fork; its parent goes on
        _judge(findings, reads, file, raised.get(path), bag.import_errors, known)
    progress("")
    return findings


def _judge(findings: Findings, reads: Reads, file: str, error: BaseException | None, texts: dict, known: int) -> None:
    """Turn what became of one file into findings."""
    if texts and error is not None and is_missing(error):
        what = ", ".join(dict.fromkeys(name for name, _, _ in reads.missing)) or words(error)
        where, line = findings.place(error) or (file, None)
        by = "" if where == file else f"; imported by {file}"
        findings.warning(
            where,
            line,
            f"reads {what} while it is imported, which validation cannot see; which DAGs it holds is not known{by}",
        )
    elif texts and error is not None:
        where, line = findings.place(error) or (file, None)
        by = "" if where == file else f" (imported by {file})"
        findings.error(where, line, words(error) + by)
    elif texts and len(findings.errors) == known:
        for text in texts.values():
            lines = [int(n) for f, n in _LAST_LINE.findall(text) if findings.relative(f) == file]
            findings.error(file, lines[-1] if lines else None, text.strip().splitlines()[-1])
    elif not texts:
        for what, where, line in reads.missing:
            findings.warning(
                where, line, f"reads {what} while it is imported, which validation cannot see; the default was used"
            )


def main(archive: str, result: str, progress: str) -> None:
    me = os.getpid()
    status = os.open(progress, os.O_WRONLY)

    def at(file: str) -> None:
        os.ftruncate(status, 0)
        os.pwrite(status, os.fsencode(file), 0)

    text = validate(archive, at).to_json().encode()
    if os.getpid() != me:
        os._exit(1)
    with open(result, "wb", buffering=0) as out:
        while text:
            text = text[out.write(text) :]
    # Threads of user code must not hold the process, nor its exit handlers have a say.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
