"""How the routes of this service differ, over the sandbox's router."""

from enum import StrEnum

from gateway.sandbox.web import router as web
from gateway.sandbox.web.router import Handler, WrongMethodError, split

__all__ = ["Dress", "Handler", "Match", "Route", "Router", "WrongMethodError", "split"]


class Dress(StrEnum):
    """How answers and refusals of a route look."""

    PARTNER = "partner"
    MOBILE = "mobile"
    WEB_JSON = "web_json"
    PAGE = "page"


Match = web.Match[Dress]
Route = web.Route[Dress]
Router = web.Router[Dress]
