"""Objects in the database that some routes need before they ask about permissions."""

from __future__ import annotations

from types import SimpleNamespace

import environment


def create() -> SimpleNamespace:
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
    from airflow.models import Connection, Pool, Variable
    from airflow.models.asset import AssetModel
    from airflow.models.backfill import Backfill
    from airflow.models.connection_test import ConnectionTestRequest
    from airflow.models.dag import DagModel
    from airflow.models.errors import ParseImportError
    from airflow.utils.session import create_session
    from airflow.utils.timezone import utcnow
    from itsdangerous import URLSafeSerializer
    from sqlalchemy import select

    manager = DagBundlesManager()
    manager.sync_bundles_to_db()
    bundle = manager.get_bundle(environment.BUNDLE)
    bundle.initialize()
    bag = BundleDagBag(dag_folder=bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
    assert not bag.import_errors, bag.import_errors
    sync_bag_to_db(bag, bundle.name, bundle.get_current_version().version)

    made = SimpleNamespace()
    with create_session() as session:
        session.add(Connection(conn_id="seeded", conn_type="http", host="localhost"))
        session.add(Variable(key="seeded", val="1"))
        session.add(Pool(pool="seeded", slots=1, description="", include_deferred=False))
        test = ConnectionTestRequest(connection_id="seeded", conn_type="http")
        backfill = Backfill(dag_id="hello_headgate", from_date=utcnow(), to_date=utcnow(), dag_run_conf={})
        error = ParseImportError(
            timestamp=utcnow(), filename="hello_headgate.py", bundle_name=bundle.name, stacktrace="the trace"
        )
        session.add_all([test, backfill, error])
        session.flush()
        made.connection_test_token = test.token
        made.backfill_id = backfill.id
        made.import_error_id = error.id
        made.asset_id = session.scalar(select(AssetModel.id).where(AssetModel.name == "made-here"))
        assert made.asset_id is not None
        assert session.scalar(select(DagModel.bundle_version).limit(1)) == environment.VERSION
    made.file_token = URLSafeSerializer("signs-file-tokens").dumps(
        {"bundle_name": environment.BUNDLE, "relative_fileloc": "hello_headgate.py"}
    )
    return made
