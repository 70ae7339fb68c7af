from airflow.sdk import Asset, dag, task


@dag(dag_id="makes_asset", schedule=None)
def makes_asset():
    @task(outlets=[Asset("made-here")])
    def make():
        pass

    make()


makes_asset()
