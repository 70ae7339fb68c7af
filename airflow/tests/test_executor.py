from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from multiprocessing import SimpleQueue
from types import SimpleNamespace

import pytest
from airflow.jobs.job import Job
from airflow.models.serialized_dag import SerializedDagModel
from airflow.models.taskinstance import TaskInstance
from airflow.utils import timezone
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType, DagRunType
from headgate_airflow import executor
from headgate_airflow.executor import DrainingLocalExecutor, LocalExecutor


@pytest.fixture
def job(database):
    """The row of a scheduler that has not been heard of for a while."""
    with create_session() as session:
        row = Job(job_type="SchedulerJob", state="running")
        row.latest_heartbeat = timezone.utcnow() - timedelta(hours=1)
        session.add(row)
        session.flush()
        made = SimpleNamespace(id=row.id)
    yield made
    with create_session() as session:
        session.delete(session.get(Job, made.id))


def test_while_running_tasks_finish_it_stays_known_and_says_that_it_takes_no_more(job, monkeypatch):
    seen = []

    def finish(self):
        deadline = time.monotonic() + 20
        while len(seen) < 2 and time.monotonic() < deadline:
            with create_session() as session:
                row = session.get(Job, job.id)
                if row.end_date and (not seen or row.latest_heartbeat > seen[-1][0]):
                    seen.append((row.latest_heartbeat, row.state, row.is_alive()))
            time.sleep(0.01)

    monkeypatch.setattr(LocalExecutor, "end", finish)
    monkeypatch.setattr(executor, "SECONDS_BETWEEN_SIGNS", 0.05)
    draining = DrainingLocalExecutor()
    draining.job_id = job.id
    draining.activity_queue = SimpleQueue()
    with create_session() as session:
        # The control: without a sign of life it counts as dead.
        assert not session.get(Job, job.id).is_alive()

    draining.end()

    assert len(seen) == 2
    assert all(state == "running" and alive for _, state, alive in seen)


def test_what_was_queued_and_not_started_goes_back_and_what_a_worker_has_stays(job, monkeypatch):
    ended = []
    monkeypatch.setattr(LocalExecutor, "end", lambda self: ended.append(self))
    draining = DrainingLocalExecutor()
    draining.job_id = job.id
    with create_session() as session:
        waiting, started, foreign = (queued_task(session, name, job.id) for name in ("waiting", "started", "foreign"))
        foreign.queued_by_job_id = job.id - 1
        in_queue = queued_task(session, "in_queue", job.id)
        draining.activity_queue = SimpleQueue()
        draining.activity_queue.put(SimpleNamespace(key=in_queue.key, ti=None))
        draining.activity_queue.put(SimpleNamespace(key="a callback"))
        draining._given_to_workers = {started.key, in_queue.key}
        ids = waiting.id, in_queue.id, started.id, foreign.id

    draining.end()

    with create_session() as session:
        tasks = [session.get(TaskInstance, id) for id in ids]
        assert [(task.state, task.queued_by_job_id) for task in tasks] == [
            ("scheduled", None),
            ("scheduled", None),
            ("queued", job.id),
            ("queued", job.id - 1),
        ]
    assert draining.activity_queue.get().key == "a callback"
    assert draining.activity_queue.empty()
    assert ended == [draining]


def queued_task(session, run_id, job_id):
    dag = SerializedDagModel.get_dag("hello_headgate", session=session)
    run = dag.create_dagrun(
        run_id=run_id,
        run_after=timezone.utcnow(),
        run_type=DagRunType.MANUAL,
        triggered_by=DagRunTriggeredByType.TEST,
        state="running",
        session=session,
    )
    task = run.get_task_instances(session=session)[0]
    task.state = "queued"
    task.queued_by_job_id = job_id
    return task


def test_an_executor_that_nobody_gave_a_job_just_ends(database, monkeypatch):
    ended = []
    monkeypatch.setattr(LocalExecutor, "end", lambda self: ended.append(self))
    plain = DrainingLocalExecutor()
    plain.activity_queue = SimpleQueue()

    plain.end()

    assert ended == [plain]


FAMILY = """
import os
from headgate_airflow.executor import prefer_tasks_when_memory_runs_out

def score():
    return open("/proc/self/oom_score_adj").read().strip()

def child(then):
    if os.fork() == 0:
        then()
        os._exit(0)
    os.wait()

def task():
    print("task", score(), flush=True)
    child(lambda: print("its child", score(), flush=True))

def worker():
    print("worker", score(), flush=True)
    child(task)

before = score()
prefer_tasks_when_memory_runs_out(os.getpid())
child(worker)
print("scheduler", "same" if score() == before else score())
print("before", before)
"""


def test_tasks_are_ended_before_workers_and_schedulers_when_memory_runs_out():
    done = subprocess.run(
        [sys.executable, "-c", FAMILY], capture_output=True, text=True, check=True, env=os.environ
    )
    scores = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    assert scores["task"] == scores["its child"] == "900"
    assert scores["worker"] == scores["before"] != "900"  # the control
    assert scores["scheduler"] == "same"
