from __future__ import annotations

import environment
import pytest


@pytest.fixture(scope="module")
def hello(database):
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = environment.AIRFLOW_FOLDER / "first_bundle" / "dags"
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name=environment.BUNDLE)
    assert bag.import_errors == {}
    assert list(bag.dags) == ["hello_headgate"]
    return bag.dags["hello_headgate"]


def test_the_first_dag_is_small_documented_and_runs_only_when_asked(hello):
    assert hello.schedule is None
    assert sorted(hello.task_ids) == ["frame", "greet", "say_it"]
    assert "Press *Trigger*" in hello.doc_md
    assert hello.description


def test_the_first_dag_hands_the_greeting_on_and_logs_it(hello, caplog):
    greeting = hello.get_task("greet").python_callable({"name": "Ada"})
    lines = hello.get_task("frame").python_callable(greeting)
    with caplog.at_level("INFO"):
        hello.get_task("say_it").python_callable(lines)
    assert "* Hello, Ada! Greetings from Headgate. *" in caplog.messages
