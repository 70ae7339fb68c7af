"""
``python -m headgate_airflow.preflight``: can Airflow start with this environment?

Airflow loads the auth manager and the bundle class by name, each in another process and seconds after the start, and a
mistake ends in a traceback in one of four logs. The supervisor runs this first. The last line on standard output is
the answer; the exit status is 0 or 1. Neither the database nor any user code is touched.
"""

from __future__ import annotations

import os
import sys


def check() -> str:
    """Return what was found, or raise whatever Airflow would have stumbled over."""
    from airflow.configuration import conf
    from airflow.dag_processing.bundles.base import unpack_bundle_version
    from airflow.dag_processing.bundles.manager import DagBundlesManager

    from headgate_airflow import masking
    from headgate_airflow.auth_manager import HeadgateAuthManager
    from headgate_airflow.bundle import VersionedDirBundle

    auth_manager = conf.getimport("core", "auth_manager")
    if not (isinstance(auth_manager, type) and issubclass(auth_manager, HeadgateAuthManager)):
        raise ValueError(f"[core] auth_manager is {auth_manager!r}, not HeadgateAuthManager")
    auth_manager()  # fails if this Airflow demands a method that we do not have

    if conf.getimport("logging", "secret_mask_adapter", fallback=None) is not masking.lines_of:
        raise ValueError("[logging] secret_mask_adapter is not headgate_airflow.masking.lines_of")

    found = []
    bundles = DagBundlesManager()
    # Bundles by name, not get_all_dag_bundles(): that logs a broken bundle and leaves it out.
    for name in bundles.get_all_bundle_names():
        bundle = bundles.get_bundle(name)
        if not isinstance(bundle, VersionedDirBundle):
            raise TypeError(f"bundle '{name}' is a {type(bundle).__name__}, not a VersionedDirBundle")
        if not bundle.path.is_dir():
            raise FileNotFoundError(f"bundle '{name}': {bundle.path} is not a folder")
        if not os.access(bundle.path, os.R_OK | os.X_OK):
            raise PermissionError(f"bundle '{name}': {bundle.path} cannot be read by this user")
        version, _ = unpack_bundle_version(bundle.get_current_version(), bundle)
        found.append(f"{name}={version or 'nothing deployed yet'}")
    if not found:
        raise ValueError("[dag_processor] dag_bundle_config_list names no bundle")
    return ", ".join(found)


def main() -> int:
    try:
        print(f"headgate preflight: ok: {check()}")
        return 0
    except Exception as e:
        reason = " ".join(f"{type(e).__name__}: {e}".split())
        print(f"headgate preflight: failed: {reason}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
