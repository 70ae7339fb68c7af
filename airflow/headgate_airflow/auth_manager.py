"""
Enforces Headgate's permissions inside Airflow.

The gateway has decided every request before it arrives here. Airflow decides again, because only Airflow sees the
entities of a bulk body, the DAGs behind ``~`` and the menus of its own pages, and because a hole in the gateway's
table must not be a hole in a Deployment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from airflow.api_fastapi.auth.managers.base_auth_manager import BaseAuthManager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.configuration import conf
from fastapi import HTTPException, status

from headgate_airflow import permissions

if TYPE_CHECKING:
    from enum import Enum

    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView, DagAccessEntity
    from airflow.api_fastapi.common.types import MenuItem


@dataclass(frozen=True)
class HeadgateUser(BaseUser):
    """Whoever the gateway says is calling, with what it may do. Lives for one request and is stored nowhere."""

    subject: str
    permissions: frozenset[str]

    def get_id(self) -> str:
        return self.subject

    def get_name(self) -> str:
        return self.subject


def _name(member: Enum | str) -> str:
    # Methods arrive as plain strings or as members of a string enum, depending on the caller.
    return getattr(member, "name", member)


class HeadgateAuthManager(BaseAuthManager[HeadgateUser]):
    """Grants exactly the permission names in the token's claim ``permissions``; everything else is refused."""

    def deserialize_user(self, token: dict[str, Any]) -> HeadgateUser:
        # Airflow has checked signature, audience, issuer and times. It turns ValueError, and hardly anything else,
        # into a proper refusal. The messages go to the log and therefore never quote the token.
        subject = token.get("sub")
        if not isinstance(subject, str) or not subject.strip():
            raise ValueError("claim 'sub' must be a string that is not empty")
        return HeadgateUser(subject, permissions.parse_permissions(token.get("permissions")))

    def serialize_user(self, user: HeadgateUser) -> NoReturn:
        # Airflow would mint a token of its own here, good for a day, which no rotation or deletion of the real token
        # could take back. An HTTPException, because any other exception ends as a 500.
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Tokens are issued by the control plane only")

    def get_url_login(self, **kwargs: Any) -> str:
        # The gateway answers .../api/v2/auth/login by itself, so this is reached only around the gateway. The root of
        # the Deployment at the gateway leads a browser to the sign-in. Airflow's own login path would not do: where
        # the base URL is mistaken and names Airflow itself, it would redirect to itself for ever.
        return os.environ.get("HEADGATE_LOGIN_URL") or conf.get("api", "base_url", fallback="").rstrip("/") + "/"

    def get_url_logout(self) -> str:
        # There is no session in Airflow to end; signing out happens at the gateway, where this leads.
        return self.get_url_login()

    def _is_authorized(self, user: HeadgateUser, permission: str | None) -> bool:
        return permission is not None and permission in user.permissions

    def is_authorized_dag(
        self, *, method, user: HeadgateUser, access_entity: DagAccessEntity | None = None, details=None
    ) -> bool:
        entity = permissions.NO_ENTITY if access_entity is None else _name(access_entity)
        return self._is_authorized(user, permissions.for_dag(_name(method), entity))

    def is_authorized_configuration(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("configuration", _name(method)))

    def is_authorized_connection(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("connection", _name(method)))

    def is_authorized_pool(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("pool", _name(method)))

    def is_authorized_variable(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("variable", _name(method)))

    def is_authorized_asset(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("asset", _name(method)))

    def is_authorized_asset_alias(self, *, method, user: HeadgateUser, details=None) -> bool:
        return self._is_authorized(user, permissions.for_resource("asset_alias", _name(method)))

    def is_authorized_custom_view(self, *, method, resource_name: str, user: HeadgateUser) -> bool:
        return self._is_authorized(user, permissions.for_resource("custom_view", _name(method)))

    def is_authorized_view(self, *, access_view: AccessView, user: HeadgateUser) -> bool:
        return self._is_authorized(user, permissions.for_view(_name(access_view)))

    def filter_authorized_menu_items(self, menu_items: list[MenuItem], *, user: HeadgateUser) -> list[MenuItem]:
        return [item for item in menu_items if permissions.shows_menu_item(_name(item), user.permissions)]

    # The four filters below are all or nothing: no permission of ours is limited to some objects. Airflow's defaults
    # would ask once per object, and for DAGs they would ask the wrong question (see sees_rows_of_dags).

    def filter_authorized_dag_ids(
        self, *, dag_ids: set[str], user: HeadgateUser, method="GET", team_name: str | None = None
    ) -> set[str]:
        return dag_ids if permissions.sees_rows_of_dags(_name(method), user.permissions) else set()

    def filter_authorized_connections(
        self, *, conn_ids: set[str], user: HeadgateUser, method="GET", team_name: str | None = None
    ) -> set[str]:
        return conn_ids if self.is_authorized_connection(method=method, user=user) else set()

    def filter_authorized_pools(
        self, *, pool_names: set[str], user: HeadgateUser, method="GET", team_name: str | None = None
    ) -> set[str]:
        return pool_names if self.is_authorized_pool(method=method, user=user) else set()

    def filter_authorized_variables(
        self, *, variable_keys: set[str], user: HeadgateUser, method="GET", team_name: str | None = None
    ) -> set[str]:
        return variable_keys if self.is_authorized_variable(method=method, user=user) else set()
