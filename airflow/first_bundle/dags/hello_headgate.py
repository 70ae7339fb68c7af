"""
### Hello from Headgate

The first DAG of a new Deployment. It shows that everything between you and a task log works: three small tasks hand
a greeting on to each other, and the last one writes it to its log.

**Try it.** Press *Trigger*, leave `name` as it is or put in your own, and open the log of `say_it`. Nothing outside
this Deployment is contacted, nothing is stored, and a run takes a few seconds.

**Change it.** Edit this file, push it with a Deployment API token, and trigger the DAG again. Runs that had already
started finish with the code they started with.
"""

import logging

from airflow.sdk import Param, dag, task

log = logging.getLogger(__name__)


@dag(
    dag_id="hello_headgate",
    dag_display_name="Hello, Headgate",
    description="Three small tasks that pass a greeting on. No schedule: run it whenever you like.",
    doc_md=__doc__,
    schedule=None,
    catchup=False,
    tags=["example"],
    params={"name": Param("world", type="string", minLength=1, maxLength=60, description="Who is greeted")},
)
def hello_headgate():
    @task
    def greet(params: dict) -> str:
        """Make the greeting from the parameter of the run."""
        return f"Hello, {params['name']}! Greetings from Headgate."

    @task
    def frame(greeting: str) -> list[str]:
        """Draw a frame around it, to be easily found in the log."""
        line = "*" * (len(greeting) + 4)
        return [line, f"* {greeting} *", line]

    @task
    def say_it(lines: list[str]) -> None:
        """Write the result to the log: this is what to look for."""
        # print() works too, but what it writes may appear a few lines late.
        for line in lines:
            log.info(line)

    say_it(frame(greet()))


hello_headgate()
