"""
Lets a scheduler finish its running tasks beside its successor.

A change of a Deployment's environment starts a second scheduler and then asks the first to stop. Airflow's own executor
waits for running tasks then, but three things go wrong meanwhile. The waiting scheduler gives no sign of life, so after
half a minute its successor takes it for dead and starts its running tasks a second time. What waits in its queue for a
free worker is still started there, in the old environment. And what it was about to queue lies until all is done.
Besides, it now and then waits for a worker that nobody has told to stop.

It also makes tasks the first that the kernel ends when the host runs out of memory.
"""

from __future__ import annotations

import os
import threading
from multiprocessing.reduction import ForkingPickler

from airflow.executors.local_executor import LocalExecutor
from airflow.jobs.job import Job
from airflow.models.taskinstance import TaskInstance
from airflow.utils import timezone
from airflow.utils.session import create_session
from airflow.utils.state import TaskInstanceState
from sqlalchemy import select, update

# Well below [scheduler] scheduler_health_check_threshold, which is 30.
SECONDS_BETWEEN_SIGNS = 5

# That of OomPreference.PUSHED_CODE; Airflow's own processes are started with less.
TASK_OOM_SCORE = 900
TASK_NICE = 10


def prefer_tasks_when_memory_runs_out(scheduler: int) -> None:
    """Make every process below the workers of this scheduler raise its own score: a worker forks a process per task."""

    def raise_own():
        if os.getppid() == scheduler:
            return  # a worker
        # Airflow's own processes and other Deployments' go before tasks on busy processors, too.
        if os.getpriority(os.PRIO_PROCESS, 0) < TASK_NICE:
            os.setpriority(os.PRIO_PROCESS, 0, TASK_NICE)
        try:
            with open("/proc/self/oom_score_adj", "r+") as score:
                if int(score.read()) < TASK_OOM_SCORE:
                    score.seek(0)
                    score.write(str(TASK_OOM_SCORE))
        except (OSError, ValueError):
            pass  # a task is worth more than its place in a queue

    os.register_at_fork(after_in_child=raise_own)


class DrainingLocalExecutor(LocalExecutor):
    """Airflow's LocalExecutor, whose running tasks may take hours to finish after it was told to stop."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Airflow's `running` stays empty with this executor.
        self._given_to_workers: set = set()

    def start(self) -> None:
        prefer_tasks_when_memory_runs_out(os.getpid())
        super().start()

    def _process_workloads(self, workload_list) -> None:
        self._given_to_workers.update(workload.key for workload in workload_list)
        super()._process_workloads(workload_list)

    def change_state(self, key, state, *args, **kwargs) -> None:
        if state != TaskInstanceState.RUNNING:
            self._given_to_workers.discard(key)
        super().change_state(key, state, *args, **kwargs)

    def end(self) -> None:
        done = threading.Event()
        signs = threading.Thread(target=self._give_signs_of_life, args=(done,), name="signs-of-life", daemon=True)
        try:
            self._hand_back_queued()
        except Exception:
            # They are found by whoever looks for orphans, later; running tasks are worth more.
            self.log.exception("Queued tasks could not be handed back")
        signs.start()
        try:
            self._tell_every_worker()
            super().end()
        finally:
            done.set()
            signs.join()

    def _tell_every_worker(self) -> None:
        """
        Tell as many workers to stop as there are.

        Airflow passes over a worker that has already ended when its turn comes. It may have ended because it took the
        word that was meant for another, which then waits for one for ever, and the scheduler for it.
        """
        for _ in self.workers:
            self.activity_queue.put(None)

    def _hand_back_queued(self) -> None:
        """Give what no worker has got to the next scheduler. A task that has got into both is refused to the later."""
        started = self._given_to_workers - self._taken_from_queue() - set(self.queued_tasks)
        if self.job_id is None:
            return
        queued = select(TaskInstance).where(
            TaskInstance.queued_by_job_id == self.job_id, TaskInstance.state == TaskInstanceState.QUEUED
        )
        with create_session() as session:
            for task in session.scalars(queued.with_for_update(of=TaskInstance, skip_locked=True)):
                if task.key not in started and task.id not in started:
                    task.state = TaskInstanceState.SCHEDULED
                    task.queued_by_job_id = None
                    task.queued_dttm = None

    def _taken_from_queue(self) -> set:
        """
        Take the tasks out of the queue that workers read from and return their keys.

        A worker that waits for something to do holds the queue's lock; then the queue is about to be empty. ``get()``
        would wait for that lock without a limit.
        """
        taken, others = set(), []
        queue = self.activity_queue
        while not queue.empty():
            if queue._rlock.acquire(timeout=0.1):
                try:
                    if queue._reader.poll():
                        workload = ForkingPickler.loads(queue._reader.recv_bytes())
                        if hasattr(workload, "ti"):
                            taken.add(workload.key)
                        else:
                            others.append(workload)  # a callback or a test of a connection: nobody else has it
                finally:
                    queue._rlock.release()
        for workload in others:
            queue.put(workload)
        return taken

    def _give_signs_of_life(self, done: threading.Event) -> None:
        """
        Keep the row of this scheduler fresh.

        It gets its end date now, which Airflow does not look at while the state is ``running``: the supervisor reads
        there that no more tasks are taken.
        """
        if self.job_id is None:
            return
        ended = timezone.utcnow()
        while True:
            try:
                with create_session() as session:
                    session.execute(
                        update(Job)
                        .where(Job.id == self.job_id)
                        .values(latest_heartbeat=timezone.utcnow(), end_date=ended)
                    )
            except Exception:
                self.log.exception("No sign of life could be given")
            if done.wait(SECONDS_BETWEEN_SIGNS):
                return
