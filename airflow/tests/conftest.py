"""Sets the environment up, then gives tests the application and a way to call it."""

from __future__ import annotations

import logging
import shutil
import time

import environment
import jwt
import pytest

HOME = environment.enter()

NAMES = "deployment.airflow."


def pytest_unconfigure():
    # Airflow closes its database connections at exit and logs that it could not wait for SQLite's, after pytest has
    # closed the stream for logs.
    logging.raiseExceptions = False
    shutil.rmtree(HOME, ignore_errors=True)


def claims(held, **changes) -> dict:
    now = int(time.time())
    made = {
        "sub": "token:ci",
        "aud": environment.JWT_AUDIENCE,
        "iss": environment.JWT_ISSUER,
        "iat": now,
        "nbf": now,
        "exp": now + 60,
        "permissions": sorted(held),
    }
    made.update(changes)
    return {key: value for key, value in made.items() if value is not ...}


def mint(payload: dict, secret: str = environment.JWT_SECRET, algorithm: str = "HS512") -> str:
    return jwt.encode(payload, secret, algorithm=algorithm)


class Caller:
    """Sends requests to the application as somebody who holds the given permissions."""

    def __init__(self, client):
        self._client = client

    def __call__(self, held, method: str, path: str, **kwargs):
        return self.with_token(mint(claims(held)), method, path, **kwargs)

    def with_token(self, token: str, method: str, path: str, **kwargs):
        headers = {"Authorization": f"Bearer {token}", **kwargs.pop("headers", {})}
        response = self._client.request(method, path, headers=headers, follow_redirects=False, **kwargs)
        # A 500 never counts as an answer: it would pass for "not refused".
        assert response.status_code < 500, f"{method} {path}: {response.status_code} {response.text[:500]}"
        return response


def refused(response) -> bool:
    """Whether the caller lacks a permission. A token that is not accepted at all is a broken test."""
    assert response.status_code != 401, response.text
    if response.status_code != 403:
        return False
    assert response.json()["detail"] != "Invalid JWT token"
    return True


@pytest.fixture(scope="session")
def database():
    from airflow.utils.db import upgradedb

    upgradedb()
    import objects

    return objects.create()


@pytest.fixture(scope="session")
def app(database):
    from airflow.api_fastapi.app import create_app

    return create_app("core")


@pytest.fixture(scope="session")
def call(app):
    from starlette.testclient import TestClient

    with TestClient(app, raise_server_exceptions=False) as client:
        yield Caller(client)
