from __future__ import annotations

import os
import subprocess
import sys
import threading
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
    draining.activity_queue, draining.workers = SimpleQueue(), {}
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
        draining.activity_queue, draining.workers = SimpleQueue(), {}
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
    plain.activity_queue, plain.workers = SimpleQueue(), {}

    plain.end()

    assert ended == [plain]


class WordIsHeardAtOnce:
    """A queue whose words to stop are obeyed before the next one is sent, as when the sender has to wait for its turn."""

    def __init__(self, executor):
        self.executor, self.queue = executor, executor.activity_queue
        self.words = 0

    def put(self, workload):
        self.queue.put(workload)
        self.words += 1
        alive = max(0, 2 - self.words)
        assert eventually(lambda: sum(worker.is_alive() for worker in self.executor.workers.values()) <= alive)

    def __getattr__(self, name):
        return getattr(self.queue, name)


def eventually(condition):
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def two_workers(executor):
    """The second of them gets the first word."""
    LocalExecutor.start(executor)
    (eager,) = executor.workers.items()

    def waits_for_work():
        free = executor.activity_queue._rlock.acquire(block=False)
        if free:
            executor.activity_queue._rlock.release()
        return not free

    assert eventually(waits_for_work)
    executor.workers = {}
    executor._spawn_worker()
    executor.workers[eager[0]] = eager[1]
    executor.activity_queue = WordIsHeardAtOnce(executor)
    return executor


def ends(executor):
    """Whether it does so by itself; if not, it is helped, so that nothing waits for it for ever."""
    ending = threading.Thread(target=executor.end, daemon=True)
    ending.start()
    ending.join(3)
    ended = not ending.is_alive()
    if not ended:
        executor.activity_queue.queue.put(None)
        ending.join(20)
    return ended


def test_it_ends_although_a_worker_takes_the_word_that_was_meant_for_another(database):
    assert not ends(two_workers(LocalExecutor(parallelism=1)))  # the control
    assert ends(two_workers(DrainingLocalExecutor(parallelism=1)))


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
