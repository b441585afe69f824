"""The paths of the registration, in the shape that `invites` describes."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.invites import (
    WORDS,
    Problem,
    Registration,
    add_child,
    confirm,
    describe,
    look_up,
    masked,
)
from gateway_eljur.emulator.rules import Router, page

_ROOT: Final = "ajaxregister"
_FIELDS: Final = (
    *("login", "password", "password2"),
    *("lastname", "firstname", "middlename", "email"),
)
_SIGN_IN: Final = {"type": "redirect", "url": "/authorize"}


def register(router: Router) -> None:
    """Add the paths of this part."""
    for name, handler in (
        ("code", take_code),
        ("account", take_account),
        ("confirm", take_letter_code),
        ("resend", send_again),
        ("child", take_child),
    ):
        page(router, f"{_ROOT}/{name}", handler, ("POST",))


def take_code(call: Call) -> Response:
    """POST school and invite code."""
    service = call.service
    domain = call.text("domain").strip().lower()
    if domain not in call.host_vendors:
        return _refused(Problem.SCHOOL_UNKNOWN)
    vendor = service.vendors[domain]
    invite = look_up(service.state, vendor, call.text("code"))
    if isinstance(invite, Problem):
        return _refused(invite)
    student = service.world.student(invite.student_key)
    person = service.world.person(student.person_key)
    place = service.members[domain].main_place(student)
    return _good(
        registration=service.registrations.begin(vendor, invite).word,
        vendor=vendor.key,
        school=vendor.title,
        role="student" if invite.role is m.Role.STUDENT else "parent",
        student=f"{person.surname} {person.given_name}",
        **{"class": service.world.class_group(place.class_key).name},
    )


def take_account(call: Call) -> Response:
    """POST login, password, name and e-mail."""
    found = _registration(call)
    if found is None:
        return _refused(Problem.REGISTRATION_OVER)
    problems = describe(call.service.state, found, {name: call.text(name) for name in _FIELDS})
    return _refused(*problems) if problems else _good(sent_to=masked(found.email))


def take_letter_code(call: Call) -> Response:
    """POST the code of the letter."""
    found = _registration(call)
    if found is None:
        return _refused(Problem.REGISTRATION_OVER)
    problem = confirm(call.service.state, found, call.text("code"))
    return _ended(call, found, found.login, problem)


def send_again(call: Call) -> Response:
    """POST for another letter; it holds the same code."""
    found = _registration(call)
    if found is None or not found.email:
        return _refused(Problem.REGISTRATION_OVER)
    return _good(sent_to=masked(found.email))


def take_child(call: Call) -> Response:
    """POST login and password of a parent who is already there."""
    found = _registration(call)
    if found is None:
        return _refused(Problem.REGISTRATION_OVER)
    account = call.service.members[found.vendor.key].by_login(call.text("login"))
    problem = add_child(call.service.state, found, account, call.text("password"))
    return _ended(call, found, call.text("login").strip(), problem)


def _registration(call: Call) -> Registration | None:
    return call.service.registrations.find(call.text("registration"))


def _ended(call: Call, found: Registration, login: str, problem: Problem | None) -> Response:
    if problem is None or problem is Problem.REGISTRATION_OVER:
        call.service.registrations.end(found)
    if problem is not None:
        return _refused(problem)
    return _good(vendor=found.vendor.key, login=login, actions=[_SIGN_IN])


def _good(**fields: object) -> Response:
    return json({"result": True, "errors": [], "actions": [], **fields})


def _refused(*problems: Problem) -> Response:
    errors = [{"code": problem.value, "text": WORDS[problem]} for problem in problems]
    return json({"result": False, "error": errors[0]["text"], "errors": errors, "actions": []})
