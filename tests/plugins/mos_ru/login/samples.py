"""Answers that many tests of signing in share; nobody in them is real."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from gateway.core.wire.jar import Cookie
from tests.plugins.play import NOW, Reply, data

PROFILES = "/acl/api/users/profile_info"
PROFILE = "/api/family/web/v1/profile"
REGISTER = "/sps/oauth/register"
AUTHORIZE = "/sps/oauth/ae"
EXCHANGE = "/sps/oauth/te"
TO_MESH = "/v3/auth/sudir/auth"

PARENT, STUDENT = 3000001, 3000002
OWN_PERSON = "11111111-2222-4333-8444-000000000001"
PERSON = "11111111-2222-4333-8444-000000000002"
SECOND_PERSON = "11111111-2222-4333-8444-000000000003"
REFRESH = "fictional-refresh-token"
CLIENT = "dyn~device-1"
CLIENT_SECRET = "fictional-device-secret"
ENDS = NOW + timedelta(days=8)


def jwt(ends: datetime | None = ENDS, **changed: Any) -> str:
    """A token that nobody signed."""
    claims: dict[str, Any] = {
        "iss": "https://school.mos.ru",
        "msh": OWN_PERSON,
        "sso": "11111111-2222-4333-8444-00000000000f",
        "rgn": "77",
    }
    if ends is not None:
        claims["exp"] = int(ends.timestamp())
    claims.update(changed)
    parts = [{"alg": "RS256"}, {key: item for key, item in claims.items() if item is not None}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*encoded, b"c2lnbmF0dXJl"]).decode()


TOKEN = jwt()


def registered(**changed: Any) -> Reply:
    device = {"client_id": CLIENT, "client_secret": CLIENT_SECRET, "client_secret_expires_at": 0}
    return data("POST", REGISTER, {**device, **changed}, 201)


def exchanged(**changed: Any) -> Reply:
    tokens = {
        "access_token": "fictional-mos-access",
        "refresh_token": REFRESH,
        "id_token": "fictional-id",
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "openid",
    }
    return data("POST", EXCHANGE, {**tokens, **changed})


def to_mesh(token: str | None = TOKEN) -> Reply:
    answer = {"mesh_access_token": token, "mesh_id": "1", "obr_id": 1, "sso_id": "x"}
    return data("POST", TO_MESH, {"user_authentication_for_mobile_response": answer})


def profiles(*found: tuple[int, str]) -> Reply:
    listed = found or ((PARENT, "ParentProfile"),)
    return data("GET", PROFILES, [{"id": number, "type": kind} for number, kind in listed])


def child(number: int = STUDENT, person: str | None = PERSON, **changed: Any) -> dict[str, Any]:
    return {
        "id": number,
        "last_name": "Песочников",
        "first_name": "Артём",
        "middle_name": "Ильич",
        "contingent_guid": person,
        "contract_id": 5550001,
        "school": {"id": 77, "name": "Школа песка", "short_name": "ШП"},
        "class_name": "8-Т",
        "class_unit_id": 880,
        "class_level_id": 8,
        "parallel_curriculum_id": 990,
        "representatives": [],
        **changed,
    }


def family(*children: dict[str, Any], number: int = PARENT, kind: str = "parent") -> Reply:
    own = {"id": number, "type": kind, "last_name": "Песочникова", "first_name": "Анна"}
    listed = list(children) if children else [child()]
    return data("GET", PROFILE, {"profile": own, "children": listed, "hash": "x"})


def no_children(number: int = PARENT, kind: str = "parent") -> Reply:
    own = {"id": number, "type": kind}
    return data("GET", PROFILE, {"profile": own, "children": [], "hash": "x"})


def welcomed() -> tuple[Reply, Reply]:
    """What follows a token: activation and the profile."""
    return profiles(), family()


def cookie(name: str, value: str, domain: str = "school.mos.ru") -> Cookie:
    return Cookie(name=name, value=value, domain=domain)
