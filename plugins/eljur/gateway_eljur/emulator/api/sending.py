"""`sendmessage` and `sendreplymessage` (notes 4.9, 6)."""

import re
from dataclasses import replace
from itertools import chain, repeat
from typing import Final

from gateway.sandbox.world import model as m
from gateway_eljur.emulator.api.letters import find
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.errors import invalid
from gateway_eljur.emulator.rules import Router, method

_NUMBER: Final = re.compile(r"\d+")


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "sendmessage", send)
    method(router, "sendreplymessage", reply)


def send(call: Call) -> object:
    """A letter to one or several people, however their numbers are strung together."""
    recipients = _recipients(call)
    if not recipients:
        raise invalid("users_to", "не выбраны получатели")
    _deliver(call, recipients, call.text("subject"))
    return {}


def reply(call: Call) -> object:
    """An answer to whoever wrote a letter, or to those who are named."""
    origin = find(call, call.text("replyto", "reply_to").strip())
    mine = origin.sender_person_key == call.user.person.key
    others = origin.recipient_person_keys if mine else (origin.sender_person_key,)
    recipients = _recipients(call) or others
    subject = call.text("subject") or f"Re: {origin.subject}"
    _deliver(call, recipients, subject, replies_to=origin.key)
    return {}


def _recipients(call: Call) -> tuple[str, ...]:
    """People by number: `1,2`, `1;2`, `[1 2]` or the name repeated.

    Raises:
        ApiError: One of them does not belong to the school.
    """
    numbers = [word for value in call.many("users_to") for word in _NUMBER.findall(value)]
    found = [call.members.numbers.person(number) for number in dict.fromkeys(numbers)]
    if None in found:
        raise invalid("users_to", "получатель не найден")
    return tuple(key for key in found if key is not None)


def _deliver(
    call: Call, recipients: tuple[str, ...], subject: str, *, replies_to: str | None = None
) -> m.Message:
    text = call.text("text")
    if not text.strip():
        raise invalid("text", "пустое сообщение")
    school = next(key for key in call.user.account.school_keys if key in _schools(call))
    return call.service.state.send_message(
        call.user.person.key,
        recipients,
        subject=subject,
        text=text,
        at=call.service.school_now(school),
        school_key=school,
        replies_to=replies_to,
        attachments=_attachments(call),
    )


def _schools(call: Call) -> tuple[str, ...]:
    return call.user.vendor.school_keys


def _attachments(call: Call) -> tuple[m.Attachment, ...]:
    """Files that were uploaded before, by `fid[]`, called as `filename[]` says in that order.

    Raises:
        ApiError: One of them was not uploaded.
    """
    uploads = call.service.state.uploads
    names = chain(call.many("filename"), repeat(""))
    found = []
    for word, name in zip(call.many("fid"), names, strict=False):
        key = call.service.ids.file_key(word.strip())
        if key is None or key not in uploads:
            raise invalid("fid", "файл не найден")
        kept = uploads[key][0]
        found.append(replace(kept, name=_last_part(name) or kept.name))
    return tuple(found)


def _last_part(name: str) -> str:
    """The name of a file without folders: it becomes a part of an address."""
    return name.replace("\\", "/").rpartition("/")[2].strip()
